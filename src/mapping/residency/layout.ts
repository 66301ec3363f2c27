import { dropCopies } from './drops.js';
import { Expander } from './expander.js';
import type { Floors } from './floors.js';
import type { ResidencyProblem } from './residency-problem.js';
import type { StateSpace } from './state-space.js';
import type { WeightRegion } from './region.js';

/** A plan in hand: only what costs less is of interest. */
export interface Cost {
  readonly cycles: number;
  readonly bytes: number;
}

export const NO_COST: Cost = { cycles: Infinity, bytes: Infinity };

export function isCheaper(cost: Cost, than: Cost): boolean {
  return cost.cycles < than.cycles || (cost.cycles === than.cycles && cost.bytes < than.bytes);
}

/** How much of the state space is laid out. */
export interface Extent {
  /** States that are gone on from at each boundary, at most. */
  readonly width: number;
  /** Edges laid out before it is given up. */
  readonly edges: number;
  /** With floors, states that cannot lead to less than `upper` are left out. */
  readonly floors: Floors | undefined;
  readonly upper: Cost;
}

export interface Layout {
  /** The first layer that no state could run (or got to within `edges`); -1 when the end was reached. */
  readonly stuckAt: number;
  readonly givenUp: boolean;
  /** The least that a plan through a state left out for want of width could take; infinite when there was none. */
  readonly droppedCycles: number;
  /** Some choice was left out as no tiles fit beside what it keeps. */
  readonly lacksRoom: boolean;
}

/** Drops are edges too: so many states of a boundary are made by them, for each that is gone on from. */
const DROPS_PER_STATE = 16;

/** Fills a space, boundary by boundary. */
export function layOut(
  space: StateSpace,
  problem: ResidencyProblem,
  region: WeightRegion,
  price: number,
  extent: Extent,
): Layout {
  const { layers, stepsFrom, boundaries } = problem.graph;
  const expander = new Expander(space, problem, region);
  const paid = price * region.parts;
  let droppedCycles = Infinity;
  let stuckAt = -1;
  space.reset(price);
  for (let index = 0; index < layers.length; index++) {
    const steps = stepsFrom[index]!;
    for (let state = space.head[index]!; state >= 0; state = space.next[state]!)
      for (let at = 0; at < steps.length; at++) expander.run(steps[at]!, state);
    const boundary = index + 1;
    if (space.edges > extent.edges) return { stuckAt: index, givenUp: true, droppedCycles: 0, lacksRoom: true };
    if (space.count[boundary]! > 0) {
      const most = DROPS_PER_STATE * extent.width;
      if (!dropCopies(space, boundary, boundaries[index]!.droppable, most)) droppedCycles = 0;
      if (extent.floors !== undefined || space.count[boundary]! > extent.width)
        droppedCycles = Math.min(droppedCycles, thin(space, boundary, extent, paid));
    }
    if (space.count[boundary] === 0 && stuckAt < 0) stuckAt = index;
  }
  const { lacksRoom } = expander;
  return { stuckAt: space.count[layers.length]! > 0 ? -1 : stuckAt, givenUp: false, droppedCycles, lacksRoom };
}

interface Ranked {
  readonly state: number;
  readonly cycles: number;
  readonly bytes: number;
}

/** Leaves out what cannot win, then what looks least like winning. */
function thin(space: StateSpace, boundary: number, extent: Extent, paid: number): number {
  const { floors, upper, width } = extent;
  const ranks: Ranked[] = [];
  for (let state = space.head[boundary]!; state >= 0; state = space.next[state]!) {
    floors?.measure(space, boundary, state, upper.cycles + paid - space.cycles[state]!);
    const cycles = space.cycles[state]! + (floors?.cycles ?? 0) - paid;
    const bytes = space.bytes[state]! + (floors?.bytes ?? 0);
    if (cycles > upper.cycles || (cycles === upper.cycles && bytes >= upper.bytes)) continue;
    ranks.push({ state, cycles, bytes });
  }
  let dropped = Infinity;
  if (ranks.length > width) {
    ranks.sort((a, b) => a.cycles - b.cycles || a.bytes - b.bytes || a.state - b.state);
    for (const { state, cycles } of ranks.splice(width)) {
      // The state with nothing on chip can always go on.
      if (space.resident[state] === 0) ranks.push({ state, cycles, bytes: 0 });
      else dropped = Math.min(dropped, cycles);
    }
  }
  space.relink(
    boundary,
    ranks.map(({ state }) => state).sort((a, b) => a - b),
  );
  return dropped;
}
