import { mapSteps, placeSteps } from './placed-steps.js';
import { NoRoom, type ResidencyPlan } from './residency-plan.js';
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
  const search = new ResidencySearch(problem, limits);
  const found = search.cheapest(search.region(weightRegionBytes), NO_COST);
  return planOf(problem, found, weightRegionBytes);
}

export function planOf(problem: ResidencyProblem, found: Found, weightRegionBytes: number): ResidencyPlan | NoRoom {
  const { choices, cost, exact, lowerBoundCycles, stuckAt } = found;
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
