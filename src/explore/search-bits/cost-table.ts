import type { LayerResult, NetworkResult } from '../../performance/index.js';
import type { Network } from '../../workload/network.js';
import type { BitItem } from './bit-items.js';

/** A network with one width everywhere, edges aside. */
export interface UniformRun {
  readonly result: NetworkResult;
  /** The option that each item has in it. */
  readonly options: readonly number[];
}

/**
 * What each item takes at each of its widths, in a network of that width. A layer without weights counts for the item
 * whose width it follows, so that the items of one run add up to the whole of it.
 */
export function costTable(
  network: Network,
  items: readonly BitItem[],
  runs: readonly UniformRun[],
  ofLayer: (layer: LayerResult, result: NetworkResult) => number,
): number[][] {
  const owners = ownersOf(network, items);
  const tables = runs.map(({ result }) => {
    const costs = items.map(() => 0);
    for (const [index, layer] of result.layers.entries()) costs[owners[index]!]! += ofLayer(layer, result);
    return costs;
  });
  return items.map(({ widths }, item) =>
    widths.map((_, option) => {
      // Of an edge that has the same width in several runs, the narrowest of them: there it is an exception.
      const run = runs.findLastIndex(({ options }) => options[item] === option);
      return tables[run]![item]!;
    }),
  );
}

/** For each layer the item that it counts for: itself, the first that reads it, or the last that it reads. */
function ownersOf({ layers, tensors }: Network, items: readonly BitItem[]): number[] {
  const owners: (number | undefined)[] = layers.map(() => undefined);
  for (const [at, { layer }] of items.entries()) owners[layer.index] = at;
  const ownerAmong = (others: readonly number[]): number | undefined =>
    others.map((other) => owners[other]).find((owner) => owner !== undefined);
  for (const layer of layers.toReversed()) owners[layer.index] ??= ownerAmong(tensors[layer.output]!.consumers);
  for (const layer of layers) {
    owners[layer.index] ??= ownerAmong(layer.inputs.map((input) => tensors[input]!.producer).toReversed());
  }
  return owners.map((owner) => owner ?? 0);
}
