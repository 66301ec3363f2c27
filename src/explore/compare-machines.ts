import type { ArchSpec } from '../arch/index.js';
import { compareResults, type BeganToFit, type NetworkResult, type Speedup } from '../performance/index.js';
import { choicesOf, simulateRun, type Question } from '../simulate/index.js';

/** One network on two machines, at one precision and bandwidth. */
export interface MachineComparison {
  readonly first: NetworkResult;
  readonly second: NetworkResult;
  /** Of the second machine over the first. */
  readonly speedup: Speedup;
  /** Tensors that stay on the chip of the first machine (for longer) and not on that of the second. */
  readonly fitsFirst: readonly BeganToFit[];
}

/**
 * Answers the same question of two machines: bandwidths outermost, then precisions; `arch` of the question is the first.
 * @throws AccelsimError when a machine, the precision or a layer's size is impossible
 */
export function compareMachines(question: Question, second: ArchSpec): MachineComparison[] {
  const bandwidths: readonly (number | undefined)[] = question.bandwidthsGBps ?? [undefined];
  return bandwidths.flatMap((bandwidthGBps) =>
    choicesOf(question).map((choice): MachineComparison => {
      const one = simulateRun(question, choice, bandwidthGBps);
      const other = simulateRun({ ...question, arch: second }, choice, bandwidthGBps);
      const speedup = compareResults(one, other);
      return { first: one, second: other, speedup, fitsFirst: compareResults(other, one).beganToFit };
    }),
  );
}
