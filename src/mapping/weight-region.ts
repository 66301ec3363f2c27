import { BYTES_PER_KIB } from '../units.js';
import { NoRoom, planResidency } from './residency.js';
import type { ResidencyPlan, ResidencyProblem } from './residency-problem.js';

/**
 * Sizes tried for the part of on-chip memory that keeps weights between inferences: none, 1 KiB, 1.5 KiB, 2 KiB, 3 KiB,
 * and so on while they fit the memory, and just enough for all weights. The list does not depend on the machine's capacity but for
 * where it ends, so a larger memory can only add to it.
 */
export function weightRegionSizes(capacityBytes: number, allWeightBytes: number): number[] {
  const sizes = [0];
  for (let size = BYTES_PER_KIB; size <= capacityBytes; size *= 2) {
    sizes.push(size);
    if (size * 1.5 <= capacityBytes) sizes.push(size * 1.5);
  }
  if (allWeightBytes > 0 && allWeightBytes <= capacityBytes) sizes.push(allWeightBytes);
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** Of the sizes, one in this many is tried for a graph that is too wide to plan exactly. */
const COARSE_STEP = 4;

/**
 * The fastest plan over all region sizes. Each size is first bounded from below by taking every weight to fit; sizes
 * whose bound is no better than a plan already found are left out, which loses nothing.
 */
export function planWithWeightRegion(problem: ResidencyProblem): ResidencyPlan | NoRoom {
  const allWeightBytes = problem.layers.reduce((sum, layer) => sum + layer.weightBytes, 0);
  const capacity = problem.cores * problem.scratchpadBytesPerCore;
  const withoutRegion = planResidency(problem, 0, false);
  let best = withoutRegion instanceof NoRoom ? undefined : withoutRegion;
  let exact = best?.exact ?? true;
  // Where even the plan without a region is not exact, trying every size would take long and prove nothing.
  const every = exact ? 1 : COARSE_STEP;
  const bounds = weightRegionSizes(capacity, allWeightBytes)
    .filter((size, at) => size > 0 && (at % every === 0 || size === allWeightBytes))
    .map((size) => ({ size, plan: planResidency(problem, size, true) }))
    .flatMap(({ size, plan }) => (plan instanceof NoRoom ? [] : [{ size, plan, cost: planCost(plan) }]))
    .sort((a, b) => a.cost.cycles - b.cost.cycles || a.cost.bytes - b.cost.bytes);
  for (const { size, plan: bound, cost } of bounds) {
    if (best !== undefined && !isBetter(cost, planCost(best))) continue;
    const plan = size >= allWeightBytes ? bound : planResidency(problem, size, false);
    if (plan instanceof NoRoom) continue;
    // A plan that met a limit might have been better than it looks: remembered even when it is not chosen.
    exact &&= plan.exact;
    if (best === undefined || isBetter(planCost(plan), planCost(best))) best = plan;
  }
  // Kept weights need no tile, so a region may make room where there is none without.
  return best === undefined ? withoutRegion : { ...best, exact };
}

interface Cost {
  readonly cycles: number;
  readonly bytes: number;
}

function planCost(plan: ResidencyPlan): Cost {
  let cycles = 0;
  let bytes = 0;
  for (const { mapping } of plan.layers) {
    cycles += mapping.cycles;
    bytes += mapping.offChipBytes;
  }
  return { cycles, bytes };
}

function isBetter(a: Cost, b: Cost): boolean {
  return a.cycles < b.cycles || (a.cycles === b.cycles && a.bytes < b.bytes);
}
