import { type MemoryLayout, valueBytes } from '../arch/stored.js';
import type { Precision } from '../precision/precision.js';
import { outputElements, type LoopNest } from '../workload/loop-nest.js';
import type { Layer, Network } from '../workload/network.js';
import { firstInputRow, inputRowsUntil, nestOfRows, type Rows } from './chain-rows.js';

/** Layers in a chain at most. */
const MAX_CHAIN = 4;

/** Stripes of one layer that are alike. */
export interface Stripes {
  readonly nest: LoopNest;
  readonly times: number;
}

/** Consecutive layers that are computed stripe by stripe, rows of the last layer's output at a time. */
export interface Chain {
  readonly first: number;
  readonly last: number;
  readonly stripes: number;
  /** By layer of the chain: what its first stripe computes, and what the others do. */
  readonly firstStripes: readonly LoopNest[];
  readonly laterStripes: readonly (readonly Stripes[])[];
  /** Rows of what lies between the layers that are kept at once, in bytes. */
  readonly stripeBytes: number;
}

/** Every chain of a network at every number of stripes: 2, 4, 8, ... */
export function chainsOf(network: Network, precision: Precision, layout: MemoryLayout): Chain[] {
  const chains: Chain[] = [];
  for (const { index: first } of network.layers) {
    for (let last = first + 1; last < Math.min(first + MAX_CHAIN, network.layers.length); last++) {
      if (!canChain(network, first, last)) continue;
      const rows = network.layers[last]!.nest.outputRows;
      for (let stripes = 2; stripes <= rows; stripes *= 2) {
        const chain = chainOf(network, precision, layout, first, last, stripes);
        if (chain !== undefined) chains.push(chain);
      }
    }
  }
  return chains;
}

/** What lies between is read inside only, row by row: rows of one layer's output are rows of the next one's input. */
function canChain(network: Network, first: number, last: number): boolean {
  const layers = network.layers.slice(first, last + 1);
  return (
    layers.every((layer) => makesRows(network, layer)) &&
    layers.slice(0, -1).every(({ output }) => {
      const { consumers, shape } = network.tensors[output]!;
      if (consumers.length === 0 || consumers.at(-1)! > last) return false;
      return consumers.every((reader) => {
        const { nest, inputs, secondOperand } = network.layers[reader]!;
        // A view may have made other rows of it. One that leaves its shape as it was is taken to leave rows in place.
        if (nest.inputRows !== shape.height || nest.inputColumns !== shape.width) return false;
        // The second factor of a product is read whole for each row of the first.
        return secondOperand !== 'activation' || inputs[1] !== output;
      });
    })
  );
}

/** Rows of the nest are rows of the output, and each is made of the input rows under its window. */
function makesRows(network: Network, { mixesRows, nest, output }: Layer): boolean {
  const { shape, elements } = network.tensors[output]!;
  return !mixesRows && nest.outputRows === shape.height && outputElements(nest) === elements;
}

function chainOf(
  network: Network,
  precision: Precision,
  layout: MemoryLayout,
  first: number,
  last: number,
  stripes: number,
): Chain | undefined {
  const made = rowsMade(network, first, last, stripes);
  const layers = network.layers.slice(first, last + 1);
  const firstStripes: LoopNest[] = [];
  const laterStripes: Stripes[][] = [];
  for (const [at, { nest }] of layers.entries()) {
    const later = new Map<string, { nest: LoopNest; times: number }>();
    let before = 0;
    for (const [stripe, until] of made[at]!.entries()) {
      if (until === before) {
        // A layer whose first stripe is empty has nothing to keep its weights for from the first on.
        if (stripe === 0) return undefined;
        continue;
      }
      const part = nestOfRows(nest, { from: before, until });
      if (part === undefined) return undefined;
      before = until;
      if (stripe === 0) {
        firstStripes.push(part);
        continue;
      }
      const key = `${part.outputRows} ${part.inputRows} ${part.paddingTop}`;
      const alike = later.get(key);
      if (alike === undefined) later.set(key, { nest: part, times: 1 });
      else alike.times += 1;
    }
    laterStripes.push([...later.values()]);
  }
  const stripeBytes = layers
    .slice(0, -1)
    .reduce((sum, { output }, at) => sum + keptBytes(network, precision, layout, first, made, at, output), 0);
  return { first, last, stripes: made.at(-1)!.length, firstStripes, laterStripes, stripeBytes };
}

/**
 * By layer and stripe: output rows made when the stripe is done. Each layer makes as many as the layers after it need,
 * and no row twice: what the next stripe needs again is kept. Rows that none needs come with the last stripe.
 */
function rowsMade(network: Network, first: number, last: number, stripes: number): number[][] {
  const rows = network.layers[last]!.nest.outputRows;
  const height = Math.ceil(rows / stripes);
  const count = Math.ceil(rows / height);
  const made: number[][] = [];
  made[last - first] = Array.from({ length: count }, (_, stripe) => Math.min(rows, (stripe + 1) * height));
  for (let index = last - 1; index >= first; index--) {
    const { output, nest } = network.layers[index]!;
    const readers = network.tensors[output]!.consumers;
    made[index - first] = Array.from({ length: count }, (_, stripe) =>
      stripe === count - 1
        ? nest.outputRows
        : Math.max(
            ...readers.map((reader) => inputRowsUntil(network.layers[reader]!.nest, made[reader - first]![stripe]!)),
          ),
    );
  }
  return made;
}

/** The most of a tensor that is kept at once: from the first row that is needed again to the last that was made. */
function keptBytes(
  network: Network,
  precision: Precision,
  layout: MemoryLayout,
  first: number,
  made: readonly (readonly number[])[],
  at: number,
  tensor: number,
): number {
  const { elements, consumers } = network.tensors[tensor]!;
  const { outputRows } = network.layers[first + at]!.nest;
  const most = made[at]!.reduce((rows, until, stripe) => {
    const kept: Rows[] = consumers.map((reader) => {
      const before = stripe === 0 ? 0 : made[reader - first]![stripe - 1]!;
      return { from: firstInputRow(network.layers[reader]!.nest, before), until };
    });
    return Math.max(rows, ...kept.map(({ from }) => until - from));
  }, 0);
  return valueBytes(layout, (elements / outputRows) * most, precision.tensorBits[tensor]!);
}
