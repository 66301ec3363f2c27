import { mapSteps, placeSteps } from './placed-steps.js';
import { NoRoom, type Piece, type ResidencyPlan } from './residency-plan.js';
import type { ResidencyProblem } from './residency-problem.js';
import { NO_COST } from './layout.js';
import { LIMITS, ResidencySearch, type Found, type SearchLimits } from './residency-search.js';

/**
 * The fastest choice of what stays on chip, by dynamic programming over layers in order (docs/model.md 5.8).
 * `weightRegionBytes` are set aside for weights that stay from one inference to the next; which weights use them is
 * chosen with the rest.
 */
export function planResidency(
  problem: ResidencyProblem,
  weightRegionBytes: number = 0,
  limits: SearchLimits = LIMITS,
): ResidencyPlan | NoRoom {
  return planOf(problem, findPlan(problem, weightRegionBytes, limits));
}

/** A plan that was found, before anything is made of it. */
export interface FoundPlan extends Found {
  readonly weightRegionBytes: number;
}

export function findPlan(
  problem: ResidencyProblem,
  weightRegionBytes: number = 0,
  limits: SearchLimits = LIMITS,
): FoundPlan {
  const search = new ResidencySearch(problem, limits);
  return { ...search.cheapest(search.region(weightRegionBytes), NO_COST), weightRegionBytes };
}

/** The mappings of a plan that was found, without the rest of it. */
export function piecesOfPlan(problem: ResidencyProblem, { choices, stuckAt }: FoundPlan): readonly Piece[] | NoRoom {
  if (choices === undefined) return new NoRoom(stuckAt);
  const all: Piece[] = [];
  for (const { step, variant, freeBytes } of choices.steps) {
    const pieces = problem.best(step, variant, freeBytes);
    if (pieces === undefined) throw new Error('residency: the plan does not fit');
    all.push(...pieces);
  }
  return all;
}

export function planOf(problem: ResidencyProblem, found: FoundPlan): ResidencyPlan | NoRoom {
  const { choices, cost, exact, lowerBoundCycles, stuckAt, weightRegionBytes } = found;
  if (choices === undefined) return new NoRoom(stuckAt);
  const plan = mapSteps(problem, placeSteps(problem, choices, weightRegionBytes));
  return {
    ...plan,
    weightRegionBytes,
    readersOnChip: choices.readersOnChip,
    exact,
    cost: cost.cycles,
    lowerBound: Math.min(lowerBoundCycles, cost.cycles),
  };
}
