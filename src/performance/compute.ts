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
  const { passes } = problem;
  const exposed = candidate.preloads && machine.preload === 'exposed' ? machine.rows : 0;
  const hidden = candidate.preloads && machine.preload === 'overlapped' ? machine.rows : 0;
  const overhead = candidate.hops + exposed;
  const full = Math.max(candidate.streamSteps * passes + overhead, hidden);
  const rest = Math.max(candidate.restSteps * passes + overhead, hidden);
  const stream = candidate.streamTrips * full + candidate.restTrips * rest;
  return candidate.groupFolds * candidate.folds * stream + hidden;
}

/** Cycles the busiest core's vector unit is at work: one operation per lane and cycle, and a cycle for the least tile. */
export function vectorCycles(candidate: Candidate, problem: LayerProblem, machine: Machine): number {
  const { groupTrips, pixelTrips, channelTrips, reductionTrips } = candidate;
  const operations = candidate.outputsPerCore * problem.vectorOperationsPerOutput;
  const tiles = groupTrips * pixelTrips * channelTrips * reductionTrips;
  return Math.max(tiles, Math.ceil(operations / machine.vectorLanesPerCore));
}
