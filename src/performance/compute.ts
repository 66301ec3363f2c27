import type { Machine } from '../arch/machine.js';
import type { Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';

/**
 * Cycles the busiest core's array is at work. A fold runs through its stream (`passes` cycles for each position where
 * operands are too wide), and before its last result is out it has filled and drained the sides along which operands
 * hop. A preload, one row per cycle, comes before it (exposed) or hides behind the fold before (overlapped): then a fold
 * takes at least as long as the preload it hides, and only the layer's first preload is waited for.
 */
export function arrayCycles(candidate: Candidate, problem: LayerProblem, machine: Machine): number {
  const hidden = hiddenPreload(candidate, machine);
  const full = pieceCycles(candidate.streamSteps, candidate, problem, machine);
  const rest = pieceCycles(candidate.restSteps, candidate, problem, machine);
  const stream = candidate.streamTrips * full + candidate.restTrips * rest;
  return candidate.groupFolds * candidate.folds * stream + hidden;
}

/** One fold through so many positions of the stream. */
export function pieceCycles(positions: number, candidate: Candidate, problem: LayerProblem, machine: Machine): number {
  const exposed = candidate.preloads && machine.preload === 'exposed' ? machine.rows : 0;
  return Math.max(positions * problem.passes + candidate.hops + exposed, hiddenPreload(candidate, machine));
}

/** What an overlapped preload takes, and the first one of a layer makes the array wait. */
export function hiddenPreload({ preloads }: Candidate, { preload, rows }: Machine): number {
  return preloads && preload === 'overlapped' ? rows : 0;
}

/** Cycles the busiest core's vector unit is at work: one operation per lane and cycle, and a cycle for the least tile. */
export function vectorCycles(candidate: Candidate, problem: LayerProblem, machine: Machine): number {
  const { groupTrips, pixelTrips, channelTrips, reductionTrips } = candidate;
  const operations = candidate.outputsPerCore * problem.vectorOperationsPerOutput;
  const tiles = groupTrips * pixelTrips * channelTrips * reductionTrips;
  return Math.max(tiles, Math.ceil(operations / machine.vectorLanesPerCore));
}
