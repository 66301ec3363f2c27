/** The layer model a second time, naively: a mapping is priced by running its loops. */
import type { Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/problem.js';
import {
  cutsOf,
  everyPixelBlock,
  outputsOfBusiest,
  positionsRead,
  type Choice,
  type Cuts,
} from './layer-choices.test-data.js';
import { playSteps, type Step } from './layer-steps.test-data.js';

/** A mapping's figures by the stated rules. */
export interface Price {
  readonly cycles: number;
  readonly bytes: number;
  readonly bufferBytes: number;
  readonly computeCycles: number;
  /** What the steps of the busiest core move when added up; on one core this has to be `bytes`. */
  readonly playedBytes: number;
}

export function priceOf(problem: LayerProblem, machine: Machine, choice: Choice): Price {
  const steps = playSteps(problem, machine, choice);
  const cuts = cutsOf(problem, choice);
  const tiles = {
    input: cuts.groups.length * cuts.pixels.length * cuts.reduction.length,
    second: cuts.groups.length * cuts.outputChannels.length * cuts.reduction.length,
    output: cuts.groups.length * cuts.pixels.length * cuts.outputChannels.length,
  };
  const loads = {
    input: steps.filter((step) => step.newInput).length,
    second: steps.filter((step) => step.newSecond).length,
    output: steps.filter((step) => step.newOutput).length,
  };
  const once = elementsOnce(problem, choice);
  const inputBytes = bytesFor((once.inputs * loads.input) / tiles.input, problem.inputBits);
  const secondBytes = bytesFor((once.seconds * loads.second) / tiles.second, problem.secondBits);
  const outputBytes = bytesFor(once.outputs, problem.outputBits);
  const sumBytes = bytesFor(once.outputs * (loads.output / tiles.output - 1), problem.accumulatorBits);
  const bytes = inputBytes + secondBytes + outputBytes + 2 * sumBytes;

  const vectorOperations = outputsOfBusiest(problem, choice) * problem.vectorOperationsPerOutput;
  const computeCycles =
    problem.engine === 'array'
      ? sum(steps, (step) => step.computeCycles)
      : // Lanes fill up over tiles, but no tile is done in less than a cycle.
        Math.max(steps.length, Math.ceil(vectorOperations / machine.vectorLanesPerCore));

  const { offChipBytesPerCycle: perCycle, offChipLatencyCycles: latency } = machine;
  const compute = computeCycles / steps.length;
  const store = (outputBytes + sumBytes) / loads.output / perCycle;
  const load = ({ newInput, newSecond, newOutput }: Step): number => {
    const input = newInput ? inputBytes / loads.input : 0;
    const second = newSecond ? secondBytes / loads.second : 0;
    const partialSums = newOutput ? sumBytes / loads.output : 0;
    return (input + second + partialSums) / perCycle;
  };
  const waits = ({ newInput, newSecond, newOutput }: Step): boolean =>
    (newInput && inputBytes > 0) || (newSecond && secondBytes > 0) || (newOutput && sumBytes > 0);
  // Nothing is summed yet when the first tile starts, so partial sums are no reason for it to wait.
  let time = (inputBytes + secondBytes > 0 ? latency : 0) + load(steps[0]!) + compute + store;
  for (const step of steps.slice(1)) {
    const channel = (waits(step) ? latency : 0) + load(step) + (step.newOutput ? store : 0);
    time += Math.max(compute, channel);
  }
  return {
    cycles: Math.max(Math.ceil(time - 1e-6), computeCycles, Math.ceil(bytes / perCycle)),
    bytes,
    bufferBytes: bufferOf(problem, choice, cuts, loads.output > tiles.output),
    computeCycles,
    playedBytes:
      bytesFor(
        sum(steps, (step) => step.inputElements),
        problem.inputBits,
      ) +
      bytesFor(
        sum(steps, (step) => step.secondElements),
        problem.secondBits,
      ) +
      bytesFor(
        sum(steps, (step) => step.outputElements),
        problem.outputBits,
      ) +
      bytesFor(
        sum(steps, (step) => step.sumLoadElements),
        problem.accumulatorBits,
      ) +
      bytesFor(
        sum(steps, (step) => step.sumStoreElements),
        problem.accumulatorBits,
      ),
  };
}

/** Bytes of one core's scratchpad, largest tiles, by the rules of `buffers.ts`. */
function bufferOf(problem: LayerProblem, choice: Choice, cuts: Cuts, spills: boolean): number {
  const { nest } = problem;
  const { groups, pixels, outputChannels, reduction } = cuts;
  const kernel = nest.kernelRows * nest.kernelColumns;
  const inputTile = largest(everyPixelBlock(problem, choice).map((block) => positionsRead(problem, block)));
  const pixelTile = largest(pixels.map(({ batch, rows, columns }) => batch.size * rows.size * columns.size));
  const [g, n, c] = [groups, outputChannels, reduction].map((ranges) => largest(ranges.map(({ size }) => size)));
  const twice = (...loops: (readonly unknown[])[]) => (loops.every((tiles) => tiles.length === 1) ? 1 : 2);

  const input = bytesFor(inputTile * g! * c!, problem.inputBits) * twice(groups, pixels, reduction);
  const secondTile = problem.engine === 'array' ? g! * n! * c! * kernel : 0;
  const second = bytesFor(secondTile, problem.secondBits) * twice(groups, outputChannels, reduction);
  const sums = bytesFor(g! * n! * pixelTile, problem.accumulatorBits);
  const stored = bytesFor(g! * n! * pixelTile, problem.outputBits);
  const summedInArray = choice.dataflow === 'output-stationary' && reduction.length === 1;
  const inUse = problem.engine === 'vector' || summedInArray ? stored : sums;
  const leaving = twice(groups, pixels, outputChannels) === 2 ? stored : 0;
  return input + second + (spills ? 3 * sums : inUse + leaving);
}

/** Elements of each operand when the whole machine moves each tile once. Cores that share an operand share its move. */
function elementsOnce(problem: LayerProblem, choice: Choice) {
  const { nest } = problem;
  const positions = sum(everyPixelBlock(problem, choice), (block) => positionsRead(problem, block));
  const products = nest.groups * nest.outputChannels * nest.inputChannels * nest.kernelRows * nest.kernelColumns;
  return {
    inputs: positions * nest.groups * nest.inputChannels,
    seconds: problem.engine === 'array' ? products : 0,
    outputs: nest.batch * nest.groups * nest.outputChannels * nest.outputRows * nest.outputColumns,
  };
}

function bytesFor(elements: number, bits: number): number {
  return Math.ceil((elements * bits) / 8);
}

function sum<Item>(items: readonly Item[], figure: (item: Item) => number): number {
  return items.reduce((total, item) => total + figure(item), 0);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
