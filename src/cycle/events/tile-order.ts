import type { TileLoop, TilePlan } from './tile-plan.js';

/** Where a step stands: which tile of each loop it computes. */
export type TilePlace = Readonly<Record<'groups' | TileLoop, number>>;

/** Loops that each operand's tile depends on. */
export const TILE_LOOPS = {
  inputs: ['groups', 'pixels', 'reduction'],
  second: ['groups', 'outputChannels', 'reduction'],
  outputs: ['groups', 'pixels', 'outputChannels'],
} as const satisfies Record<string, readonly (keyof TilePlace)[]>;

/** Whether the operand's tile is another one at `one` than at `other`; there is none before the start or after the end. */
export function tileDiffers(operand: keyof typeof TILE_LOOPS, one: TilePlace, other: TilePlace | undefined): boolean {
  return other === undefined || TILE_LOOPS[operand].some((loop) => one[loop] !== other[loop]);
}

/** Every step's place, the loop over groups outermost, then the order of the plan. */
export function* tilePlaces(trips: TilePlace, [outer, middle, inner]: TilePlan['order']): Generator<TilePlace, void> {
  for (let groups = 0; groups < trips.groups; groups += 1) {
    const place = { groups, pixels: 0, outputChannels: 0, reduction: 0 };
    for (place[outer] = 0; place[outer] < trips[outer]; place[outer] += 1)
      for (place[middle] = 0; place[middle] < trips[middle]; place[middle] += 1)
        for (place[inner] = 0; place[inner] < trips[inner]; place[inner] += 1) yield { ...place };
  }
}
