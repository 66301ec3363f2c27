import type { TileLoop, TilePlan } from './tile-plan.js';

/** Where a step stands: the tile of each loop that it computes. */
export type TilePlace = Readonly<Record<'groups' | TileLoop, number>>;

/** Loops that an operand's tile depends on. */
const DEPENDS_ON = {
  inputs: ['groups', 'pixels', 'reduction'],
  second: ['groups', 'outputChannels', 'reduction'],
  outputs: ['groups', 'pixels', 'outputChannels'],
} as const satisfies Record<string, readonly (keyof TilePlace)[]>;

/** Whether an operand's tile is another one in one step than in the other; undefined stands for no step. */
export function differs(operand: keyof typeof DEPENDS_ON, one: TilePlace, other: TilePlace | undefined): boolean {
  return other === undefined || DEPENDS_ON[operand].some((loop) => one[loop] !== other[loop]);
}

/** The places of all steps in the order in which they run: groups outermost, then as the plan says. */
export function* tilePlaces(trips: TilePlace, [outer, middle, inner]: TilePlan['order']): Generator<TilePlace, void> {
  const place = { groups: 0, pixels: 0, outputChannels: 0, reduction: 0 };
  for (place.groups = 0; place.groups < trips.groups; place.groups += 1)
    for (place[outer] = 0; place[outer] < trips[outer]; place[outer] += 1)
      for (place[middle] = 0; place[middle] < trips[middle]; place[middle] += 1)
        for (place[inner] = 0; place[inner] < trips[inner]; place[inner] += 1) yield { ...place };
}
