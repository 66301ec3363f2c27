import type { Machine } from '../arch/machine.js';
import type { Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';

/**
 * Cycles between a fold's first operand entering the array and its last result leaving, beyond one per vector streamed:
 * rows + columns - 2, and `rows` more where the stationary operand is shifted in with nothing to hide behind.
 */
export function foldOverheadCycles(machine: Machine, preloads: boolean): number {
  const fillAndDrain = machine.rows + machine.columns - 2;
  return preloads && machine.preload === 'exposed' ? fillAndDrain + machine.rows : fillAndDrain;
}

/**
 * Cycles the busiest core's array is at work: every fold streams its vectors (`passes` cycles each where operands are
 * too wide for the silicon) and pays its overhead. An overlapped preload hides behind the fold before it, which is
 * never shorter than `rows` cycles; the layer's first fold has none before it.
 */
export function arrayCycles(candidate: Candidate, problem: LayerProblem, machine: Machine): number {
  const overhead = foldOverheadCycles(machine, candidate.preloads);
  const perGroup = candidate.folds * (candidate.streamSteps * problem.passes + candidate.streamTrips * overhead);
  const firstPreload = candidate.preloads && machine.preload === 'overlapped' ? machine.rows : 0;
  return candidate.groupsPerCore * perGroup + firstPreload;
}

/** Cycles the busiest core's vector unit is at work: one operation per lane and cycle, and a cycle for the least tile. */
export function vectorCycles(candidate: Candidate, problem: LayerProblem, machine: Machine): number {
  const { groupTrips, pixelTrips, channelTrips, reductionTrips } = candidate;
  const operations = candidate.outputsPerCore * problem.vectorOperationsPerOutput;
  const tiles = groupTrips * pixelTrips * channelTrips * reductionTrips;
  return Math.max(tiles, Math.ceil(operations / machine.vectorLanesPerCore));
}
