import { BYTES_PER_KIB } from '../../units.js';
import { isCheaper } from './layout.js';
import type { NoRoom, ResidencyPlan } from './residency-plan.js';
import type { ResidencyProblem } from './residency-problem.js';
import { NO_COST } from './layout.js';
import { LIMITS, ResidencySearch, type SearchLimits } from './residency-search.js';
import { planOf, type FoundPlan } from './plan-residency.js';

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

/** Sizes tried of a network that is too wide to be planned exactly: those that promise most. */
const SIZES_OF_WIDE = 4;

/**
 * The fastest plan over all region sizes. Each size has a lower bound; those whose bound is no better than a plan in hand
 * are left out, which loses nothing.
 */
export function planWithWeightRegion(problem: ResidencyProblem, limits: SearchLimits = LIMITS): ResidencyPlan | NoRoom {
  return planOf(problem, findPlanWithRegion(problem, limits));
}

export function findPlanWithRegion(problem: ResidencyProblem, limits: SearchLimits = LIMITS): FoundPlan {
  const search = new ResidencySearch(problem, limits);
  const capacity = problem.memory.banks * problem.memory.bytesPerBank;
  const without = search.cheapest(search.region(0), NO_COST);
  let best = without;
  let size = 0;
  let { lowerBoundCycles } = without;
  const sizes = weightRegionSizes(capacity, problem.graph.allWeightBytes).filter((bytes) => bytes > 0);
  const bounded = sizes.map((bytes) => ({ region: search.region(bytes), cycles: search.bound(search.region(bytes)) }));
  for (const [at, { region, cycles }] of bounded.sort((a, b) => a.cycles - b.cycles).entries()) {
    if (cycles > best.cost.cycles) break;
    if (search.isWide && at >= SIZES_OF_WIDE) {
      lowerBoundCycles = Math.min(lowerBoundCycles, Math.floor(cycles));
      break;
    }
    const found = search.cheapest(region, best.cost);
    // What a search that met its limit may have missed counts, chosen or not.
    lowerBoundCycles = Math.min(lowerBoundCycles, found.lowerBoundCycles);
    if (!isCheaper(found.cost, best.cost)) continue;
    best = found;
    size = region.bytes;
  }
  // Kept weights need no tile, so a region may make room where there is none without.
  const exact = lowerBoundCycles >= best.cost.cycles;
  return { ...best, exact, lowerBoundCycles, stuckAt: without.stuckAt, weightRegionBytes: size };
}
