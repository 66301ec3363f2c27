/**
 * A mapping's tiles played on a clock: one array, one channel that serves requests first come, first served, one buffer or
 * two for each operand. Where the model takes mean tiles, this takes each tile as it is.
 */
import type { Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/index.js';
import type { Choice, OperandChoice } from './layer-choices.test-data.js';
import { playSteps, type Step } from './layer-steps.test-data.js';

/** What a step asks of the array and the channel, in cycles. */
export interface TimedStep {
  readonly compute: number;
  /** Of what is double-buffered: it moves while other tiles are computed. */
  readonly load: number;
  readonly store: number;
  /** Of what is single-buffered: it moves between two tiles. */
  readonly singleLoad: number;
  readonly singleStore: number;
}

/** Bytes that a step loads and stores, operand by operand. */
export interface StepMoves {
  readonly input: number;
  readonly second: number;
  readonly sums: number;
  readonly store: number;
}

/** Each group of loads waits once for the channel to answer. */
export function timedStep(compute: number, moves: StepMoves, doubled: OperandChoice, machine: Machine): TimedStep {
  const { offChipBytesPerCycle, offChipLatencyCycles } = machine;
  const load = (double: boolean): number => {
    const bytes =
      (doubled.input === double ? moves.input : 0) +
      (doubled.second === double ? moves.second : 0) +
      (doubled.output === double ? moves.sums : 0);
    return bytes > 0 ? bytes / offChipBytesPerCycle + offChipLatencyCycles : 0;
  };
  const store = moves.store / offChipBytesPerCycle;
  return {
    compute,
    load: load(true),
    singleLoad: load(false),
    store: doubled.output ? store : 0,
    singleStore: doubled.output ? 0 : store,
  };
}

/** The steps of a layer on a machine of one core. */
export function timedSteps(problem: LayerProblem, machine: Machine, choice: Choice): TimedStep[] {
  return playSteps(problem, machine, choice).map((step: Step) => {
    const moves = {
      input: bytesOf(step.inputElements, problem.inputBits),
      second: bytesOf(step.secondElements, problem.secondBits),
      sums: bytesOf(step.sumLoadElements, problem.accumulatorBits),
      store: bytesOf(step.outputElements, problem.outputBits) + bytesOf(step.sumStoreElements, problem.accumulatorBits),
    };
    return timedStep(step.computeCycles, moves, choice.doubled, machine);
  });
}

/**
 * When the last result has been stored. A tile is computed when the one before is done, its operands have come and the
 * output buffer it writes to was emptied. When it starts, the second buffers of the one before are free, and the next
 * tile's operands are asked for; when it is done, it asks to be stored, and what is single-buffered gives way.
 */
export function playedCycles(steps: readonly TimedStep[]): number {
  let channel = steps[0]!.load + steps[0]!.singleLoad;
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
    const between = step.singleStore + (next?.singleLoad ?? 0);
    if (between > 0) loaded = channel = Math.max(channel, computed) + between;
  }
  return Math.max(channel, computed) + steps.at(-1)!.store;
}

/** The most that a single step keeps the array or the channel busy. */
export function bottleneckTile(steps: readonly TimedStep[]): number {
  return steps.reduce(
    (most, { compute, load, store, singleLoad, singleStore }) =>
      Math.max(most, Math.max(compute, load + store) + singleLoad + singleStore),
    0,
  );
}

function bytesOf(elements: number, bits: number): number {
  return (elements * bits) / 8;
}
