import { secondElements, wholeInputElements, type LayerProblem } from '../mapping/index.js';
import { outputElements } from '../workload/loop-nest.js';
import { wholeBytes } from './traffic.js';

/**
 * What must cross the channel whatever the mapping: each operand that is not resident, once, without halos, and what is
 * loaded ahead for the next layer.
 */
export function compulsoryBytes(problem: LayerProblem): number {
  const { nest } = problem;
  return (
    wholeBytes(wholeInputElements(nest), problem.inputBits) +
    wholeBytes(secondElements(problem), problem.secondBits) +
    wholeBytes(outputElements(nest), problem.outputBits) +
    problem.prefetchBytes
  );
}
