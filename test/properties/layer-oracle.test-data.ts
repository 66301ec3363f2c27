/**
 * The layer model a second time, naively: a mapping's loops over tiles are run step by step, input positions are
 * counted one by one, and what is loaded is found by comparing each step's tiles with those of the step before. It
 * shares the statement of the search space (core splits, tile sizes) with the model, and nothing else.
 */
import type { DataflowName, Machine } from '../../src/arch/index.js';
import { coreSplits, type CoreSplit } from '../../src/mapping/core-split.js';
import { pixelTiles } from '../../src/mapping/pixel-tiles.js';
import type { LayerProblem } from '../../src/mapping/problem.js';
import { channelTiles, evenTiles, reductionTiles } from '../../src/mapping/tile-sizes.js';

export type Loop = 'pixels' | 'outputChannels' | 'reduction';

/** One mapping, by its choices. */
export interface Choice {
  readonly dataflow: DataflowName | null;
  readonly split: CoreSplit;
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly groupTile: number;
  readonly channelTile: number;
  readonly reductionTile: number;
  /** Outermost first. */
  readonly order: readonly [Loop, Loop, Loop];
}

const ORDERS: readonly Choice['order'][] = [
  ['pixels', 'outputChannels', 'reduction'],
  ['pixels', 'reduction', 'outputChannels'],
  ['outputChannels', 'pixels', 'reduction'],
  ['outputChannels', 'reduction', 'pixels'],
  ['reduction', 'pixels', 'outputChannels'],
  ['reduction', 'outputChannels', 'pixels'],
];

/** Every mapping of the space; of orders that differ only in where loops of one trip stand, the first. */
export function everyChoice(problem: LayerProblem, machine: Machine): Choice[] {
  const { nest } = problem;
  const choices: Choice[] = [];
  for (const dataflow of problem.engine === 'array' ? machine.dataflows : [null])
    for (const split of coreSplits(nest, machine.cores))
      for (const { batch, rows, columns } of pixelTiles(nest, split))
        for (const groupTile of evenTiles(share(nest.groups, split.groups)))
          for (const channelTile of channelTiles(share(nest.outputChannels, split.outputChannels), machine.columns))
            for (const reductionTile of reductionTiles(nest.inputChannels, machine.rows)) {
              const tiles = { dataflow, split, batch, rows, columns, groupTile, channelTile, reductionTile };
              const cuts = cutsOf(problem, tiles);
              const running = (order: readonly Loop[]) => order.filter((loop) => cuts[loop].length > 1).join();
              const seen = new Set<string>();
              for (const order of ORDERS) {
                if (seen.has(running(order))) continue;
                seen.add(running(order));
                choices.push({ ...tiles, order });
              }
            }
  return choices;
}

/** A run of indices along a loop. */
interface Range {
  readonly from: number;
  readonly size: number;
}

interface PixelBlock {
  readonly batch: Range;
  readonly rows: Range;
  readonly columns: Range;
}

/** The tiles of each loop of the busiest core, in the order in which they run. */
interface Cuts {
  readonly groups: readonly Range[];
  readonly pixels: readonly PixelBlock[];
  readonly outputChannels: readonly Range[];
  readonly reduction: readonly Range[];
}

/** The busiest core is the first: shares are rounded up, so what is missing is missing at the end. */
function cutsOf({ nest }: LayerProblem, choice: Omit<Choice, 'order'>): Cuts {
  const { split } = choice;
  const batch = { from: 0, size: share(nest.batch, split.batch) };
  const rows = { from: 0, size: share(nest.outputRows, split.outputRows) };
  return {
    groups: cut({ from: 0, size: share(nest.groups, split.groups) }, choice.groupTile),
    pixels: pixelBlocks(nest.outputColumns, choice, batch, rows),
    outputChannels: cut({ from: 0, size: share(nest.outputChannels, split.outputChannels) }, choice.channelTile),
    reduction: cut({ from: 0, size: nest.inputChannels }, choice.reductionTile),
  };
}

/** One step of the busiest core: what is loaded before it, computed in it, and stored after it, in elements. */
export interface Step {
  readonly computeCycles: number;
  /** Which tiles are other ones than in the step before; all, in the first. */
  readonly newInput: boolean;
  readonly newSecond: boolean;
  readonly newOutput: boolean;
  /** 0 where the tile of the step before serves. */
  readonly inputElements: number;
  readonly secondElements: number;
  readonly sumLoadElements: number;
  /** 0 where the next step goes on with the same output tile. */
  readonly sumStoreElements: number;
  readonly outputElements: number;
}

/** Runs the busiest core's loops over tiles. */
export function playSteps(problem: LayerProblem, machine: Machine, choice: Choice): Step[] {
  const { nest } = problem;
  const cuts = cutsOf(problem, choice);
  const reads = cuts.pixels.map((block) => positionsRead(problem, block));
  const kernel = nest.kernelRows * nest.kernelColumns;
  const [outer, middle, inner] = choice.order;
  const steps: { -readonly [Field in keyof Step]: Step[Field] }[] = [];
  const visits = new Map<string, number>();
  const at: Record<Loop, number> = { pixels: 0, outputChannels: 0, reduction: 0 };
  let before = { input: '', second: '', output: '' };

  for (const [g, group] of cuts.groups.entries())
    for (at[outer] = 0; at[outer] < cuts[outer].length; at[outer] += 1)
      for (at[middle] = 0; at[middle] < cuts[middle].length; at[middle] += 1)
        for (at[inner] = 0; at[inner] < cuts[inner].length; at[inner] += 1) {
          const now = {
            input: `${g} ${at.pixels} ${at.reduction}`,
            second: `${g} ${at.outputChannels} ${at.reduction}`,
            output: `${g} ${at.pixels} ${at.outputChannels}`,
          };
          const newInput = now.input !== before.input;
          const newSecond = now.second !== before.second;
          const newOutput = now.output !== before.output;
          before = now;

          const { batch, rows, columns } = cuts.pixels[at.pixels]!;
          const m = batch.size * rows.size * columns.size;
          const n = cuts.outputChannels[at.outputChannels]!.size;
          const c = cuts.reduction[at.reduction]!.size;
          const sums = group.size * n * m;
          const parts = visits.get(now.output) ?? 0;
          visits.set(now.output, parts + 1);
          const finished = parts + 1 === cuts.reduction.length;
          // What the step before was thought to leave stays, if this one goes on with it.
          const last = steps.at(-1);
          if (last !== undefined && !newOutput) last.sumStoreElements = last.outputElements = 0;
          const waitsForFirstPreload = steps.length === 0 && machine.preload === 'overlapped';
          steps.push({
            computeCycles:
              choice.dataflow === null
                ? 0
                : group.size * foldCycles(choice.dataflow, problem, machine, m, n, c * kernel) +
                  (waitsForFirstPreload && choice.dataflow !== 'output-stationary' ? machine.rows : 0),
            newInput,
            newSecond,
            newOutput,
            inputElements: newInput ? reads[at.pixels]! * group.size * c : 0,
            secondElements: newSecond && problem.engine === 'array' ? group.size * n * c * kernel : 0,
            sumLoadElements: newOutput && parts > 0 ? sums : 0,
            sumStoreElements: finished ? 0 : sums,
            outputElements: finished ? sums : 0,
          });
        }
  return steps;
}

/** All folds of a product of m x k by k x n, by the closed forms of SCALE-Sim with lanes and passes added. */
function foldCycles(
  dataflow: DataflowName,
  { lanes, passes }: LayerProblem,
  { rows, columns, preload }: Machine,
  m: number,
  n: number,
  k: number,
): number {
  const skew = rows + columns - 2;
  const load = preload === 'exposed' ? rows : 0;
  if (dataflow === 'weight-stationary')
    return Math.ceil(k / (rows * lanes)) * Math.ceil(n / columns) * (m * passes + skew + load);
  if (dataflow === 'input-stationary')
    return Math.ceil(k / (rows * lanes)) * Math.ceil(m / columns) * (n * passes + skew + load);
  return Math.ceil(m / rows) * Math.ceil(n / columns) * (Math.ceil(k / lanes) * passes + skew);
}

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

  const computeCycles =
    problem.engine === 'array'
      ? sum(steps, (step) => step.computeCycles)
      : Math.ceil((outputsOfBusiest(problem, choice) * problem.vectorOperationsPerOutput) / machine.vectorLanesPerCore);

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

function share(length: number, parts: number): number {
  return Math.ceil(length / parts);
}

function cut({ from, size }: Range, tile: number): Range[] {
  const ranges: Range[] = [];
  for (let at = from; at < from + size; at += tile) ranges.push({ from: at, size: Math.min(tile, from + size - at) });
  return ranges;
}

function pixelBlocks(columns: number, choice: Omit<Choice, 'order'>, batch: Range, rows: Range): PixelBlock[] {
  return cut(batch, choice.batch).flatMap((b) =>
    cut(rows, choice.rows).flatMap((r) =>
      cut({ from: 0, size: columns }, choice.columns).map((q) => ({ batch: b, rows: r, columns: q })),
    ),
  );
}

/** Tiles of all cores that differ in pixels. */
function everyPixelBlock({ nest }: LayerProblem, choice: Choice): PixelBlock[] {
  const batches = cut({ from: 0, size: nest.batch }, share(nest.batch, choice.split.batch));
  const bands = cut({ from: 0, size: nest.outputRows }, share(nest.outputRows, choice.split.outputRows));
  return batches.flatMap((batch) => bands.flatMap((rows) => pixelBlocks(nest.outputColumns, choice, batch, rows)));
}

/** Input positions of one channel under the windows of a block's outputs, each once, padding left out. */
function positionsRead({ nest }: LayerProblem, { batch, rows, columns }: PixelBlock): number {
  const { kernelRows, strideRows, dilationRows, paddingTop, inputRows } = nest;
  const { kernelColumns, strideColumns, dilationColumns, paddingLeft, inputColumns } = nest;
  return (
    batch.size *
    touched(rows, kernelRows, strideRows, dilationRows, paddingTop, inputRows) *
    touched(columns, kernelColumns, strideColumns, dilationColumns, paddingLeft, inputColumns)
  );
}

function touched(
  outputs: Range,
  kernel: number,
  stride: number,
  dilation: number,
  padding: number,
  size: number,
): number {
  const seen = new Set<number>();
  for (let output = outputs.from; output < outputs.from + outputs.size; output += 1)
    for (let tap = 0; tap < kernel; tap += 1) {
      const position = output * stride + tap * dilation - padding;
      if (position >= 0 && position < size) seen.add(position);
    }
  return seen.size;
}

function outputsOfBusiest({ nest }: LayerProblem, { split }: Choice): number {
  return (
    share(nest.batch, split.batch) *
    share(nest.groups, split.groups) *
    share(nest.outputRows, split.outputRows) *
    share(nest.outputChannels, split.outputChannels) *
    nest.outputColumns
  );
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
