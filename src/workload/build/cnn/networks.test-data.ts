import type { Network } from '../../network.js';
import { buildNetwork } from '../../read-network.js';
import { formatShape } from '../../tensor-shape.js';
import { networkTotals } from '../../totals.js';
import { cnns } from './index.js';

export type CnnName = keyof typeof cnns;

export const cnnNames = Object.keys(cnns).filter((name): name is CnnName => Object.hasOwn(cnns, name));

export function cnnNetwork(name: CnnName): Network {
  return buildNetwork(cnns[name].build({}));
}

/** Shape of what each layer makes. */
export function shapesOf(network: Network): Map<string, string> {
  return new Map(network.tensors.map((tensor) => [tensor.name, formatShape(tensor.shape)]));
}

/** Everything that is learnt: weights, biases, and scales and shifts of batch normalisations. */
export function parametersOf(name: CnnName): number {
  const others = Object.values(cnns[name].otherParameters({}));
  return others.reduce((sum, count) => sum + count, networkTotals(cnnNetwork(name)).weightElements);
}
