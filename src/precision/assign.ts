import { AccelsimError, type Issue } from '../errors.js';
import type { Layer, Network, Tensor } from '../workload/network.js';
import type { PolicyChoice, WantedBits } from './policy/index.js';
import { wantPrecision } from './policy/index.js';
import type { Precision } from './precision.js';

/**
 * Gives every layer and every stored tensor of a network its widths. A tensor is stored once, at the widest width at
 * which a layer reads it; a narrower reader drops bits on the way in. A tensor nobody reads (an output of the network)
 * keeps the width its producer computes with. A width that the policy states for an output wins over both.
 * @throws AccelsimError if the policy's choices are not legal or do not suit the network.
 */
export function assignPrecision(network: Network, choice: PolicyChoice): Precision {
  const wanted = wantPrecision(network, choice);
  const tensorBits = network.tensors.map((tensor) => storedBits(tensor, wanted.layers));
  const issues: Issue[] = [];
  const layers = network.layers.map((layer, index) => {
    const { weightBits, activationBits, accumulatorBits } = wanted.layers[index]!;
    const outputBits = tensorBits[layer.output]!;
    if (accumulatorBits < outputBits) issues.push(narrowAccumulator(layer, accumulatorBits, outputBits));
    return { weightBits, activationBits, outputBits, accumulatorBits };
  });
  if (issues.length > 0) throw new AccelsimError(issues);
  const { bits, edgeBits, shortcutBits } = wanted;
  return { bits, edgeBits, ...(shortcutBits === undefined ? {} : { shortcutBits }), layers, tensorBits };
}

/** Sums are kept at the accumulator's width until they are stored, so they cannot be stored any wider. */
function narrowAccumulator(layer: Layer, accumulatorBits: number, outputBits: number): Issue {
  return {
    source: 'precision',
    path: `layers.${layer.name}.accumulatorBits`,
    rule: `must be at least the ${outputBits} bits at which the output is stored`,
    found: String(accumulatorBits),
  };
}

function storedBits(tensor: Tensor, layers: readonly WantedBits[]): number {
  // An input of the network has no producer.
  const producer = layers[tensor.producer];
  if (producer !== undefined && producer.outputBits !== null) return producer.outputBits;
  const readers = tensor.consumers.map((consumer) => layers[consumer]!);
  const deciders = readers.length > 0 || producer === undefined ? readers : [producer];
  // An input of the network that nobody reads is never moved; it gets the least width there is.
  return Math.max(1, ...deciders.map((layer) => layer.activationBits));
}
