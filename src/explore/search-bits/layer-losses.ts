import type { BitItem } from './bit-items.js';

/** What a layer loses by width, in the order of the network's layers: of `sensitivityOf`. */
export type LayerLosses = readonly (ReadonlyMap<number, number> | undefined)[];

/** @returns undefined where none is given */
export function lossOf({ layer }: BitItem, width: number, losses: LayerLosses | undefined): number | undefined {
  return losses?.[layer.index]?.get(width);
}
