/**
 * A mapping's tiles played on a clock: one array, one channel that serves requests first come, first served, two
 * buffers for each operand. Where the model takes mean tiles, this takes each tile as it is.
 */
import type { Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/index.js';
import type { Choice } from './layer-choices.test-data.js';
import { playSteps } from './layer-steps.test-data.js';

/** What a step asks of the array and the channel, in cycles. */
export interface TimedStep {
  readonly compute: number;
  readonly load: number;
  readonly store: number;
}

/** The steps of a layer on a machine of one core. */
export function timedSteps(problem: LayerProblem, machine: Machine, choice: Choice): TimedStep[] {
  const cyclesFor = (elements: number, bits: number) => (elements * bits) / 8 / machine.offChipBytesPerCycle;
  return playSteps(problem, machine, choice).map((step) => {
    const moved =
      step.inputElements * problem.inputBits +
      step.secondElements * problem.secondBits +
      step.sumLoadElements * problem.accumulatorBits;
    return {
      compute: step.computeCycles,
      load: moved > 0 ? machine.offChipLatencyCycles + cyclesFor(moved, 1) : 0,
      store:
        cyclesFor(step.outputElements, problem.outputBits) + cyclesFor(step.sumStoreElements, problem.accumulatorBits),
    };
  });
}

/**
 * When the last result has been stored. A tile is computed when the one before is done, its operands have come and the
 * output buffer it writes to was emptied. When it starts, the buffers of the one before are free, and the next tile's
 * operands are asked for; when it is done, it asks to be stored.
 */
export function playedCycles(steps: readonly TimedStep[]): number {
  let channel = steps[0]!.load;
  let loaded = channel;
  let computed = 0;
  let stored = 0;
  let storedBefore = 0;
  for (const [index, step] of steps.entries()) {
    const start = Math.max(computed, loaded, storedBefore);
    storedBefore = stored;
    // The one before asked to be stored when it was done, at the latest now: ahead of what is asked for now.
    if (index > 0) stored = channel = Math.max(channel, computed) + steps[index - 1]!.store;
    const next = steps[index + 1];
    if (next !== undefined) loaded = channel = Math.max(channel, start) + next.load;
    computed = start + step.compute;
  }
  return Math.max(channel, computed) + steps.at(-1)!.store;
}

/** The most that a single step keeps the array or the channel busy. */
export function bottleneckTile(steps: readonly TimedStep[]): number {
  return steps.reduce((most, { compute, load, store }) => Math.max(most, compute, load + store), 0);
}
