/**
 * Every mapping of a layer, and how it cuts the loops: tiles as runs of indices, input positions counted one by one. It
 * shares the statement of the search space (core splits, tile sizes) with the model, and nothing else.
 */
import { arraySides, type Dataflow, type LoopDimension } from '../../src/arch/dataflow/index.js';
import type { Machine } from '../../src/arch/index.js';
import { coreSplits, type CoreSplit } from '../../src/mapping/core-split.js';
import { pixelTiles } from '../../src/mapping/pixel-tiles.js';
import type { LayerProblem } from '../../src/mapping/problem.js';
import { channelTiles, evenTiles, reductionTiles } from '../../src/mapping/tile-sizes.js';

export type Loop = 'pixels' | 'outputChannels' | 'reduction';

/** How a mapping cuts the loops. */
export interface Tiling {
  readonly dataflow: Dataflow | null;
  readonly split: CoreSplit;
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly groupTile: number;
  readonly channelTile: number;
  readonly reductionTile: number;
}

/** Yes or no for each operand. */
export interface OperandChoice {
  readonly input: boolean;
  readonly second: boolean;
  readonly output: boolean;
}

/** One mapping, by its choices. */
export interface Choice extends Tiling {
  /** Outermost first. */
  readonly order: readonly [Loop, Loop, Loop];
  /** Whether an operand's next tile may come (or an output's leave) while a tile is computed. */
  readonly doubled: OperandChoice;
  /** Whether an operand lies whole in the shared buffer while the layer runs. */
  readonly staged: OperandChoice;
}

export const NONE: OperandChoice = { input: false, second: false, output: false };
export const ALL: OperandChoice = { input: true, second: true, output: true };

export const operandChoices: readonly OperandChoice[] = [false, true].flatMap((input) =>
  [false, true].flatMap((second) => [false, true].map((output) => ({ input, second, output }))),
);

const ORDERS: readonly Choice['order'][] = [
  ['pixels', 'outputChannels', 'reduction'],
  ['pixels', 'reduction', 'outputChannels'],
  ['outputChannels', 'pixels', 'reduction'],
  ['outputChannels', 'reduction', 'pixels'],
  ['reduction', 'pixels', 'outputChannels'],
  ['reduction', 'outputChannels', 'pixels'],
];

/** Every way to cut a layer. */
export function everyTiling(problem: LayerProblem, machine: Machine): Tiling[] {
  const { nest } = problem;
  const tilings: Tiling[] = [];
  for (const dataflow of problem.engine === 'array' ? machine.dataflows : [null]) {
    const channelUnit = sideOf('outputChannels', dataflow, machine) ?? machine.columns;
    const reductionUnit = sideOf('inputChannels', dataflow, machine) ?? machine.rows;
    for (const split of coreSplits(nest, machine.cores))
      for (const { batch, rows, columns } of pixelTiles(nest, split))
        for (const groupTile of evenTiles(share(nest.groups, split.groups)))
          for (const channelTile of channelTiles(share(nest.outputChannels, split.outputChannels), channelUnit))
            for (const reductionTile of reductionTiles(nest.inputChannels, reductionUnit))
              tilings.push({ dataflow, split, batch, rows, columns, groupTile, channelTile, reductionTile });
  }
  return tilings;
}

/** Elements along the side of the array on which a loop lies. */
function sideOf(dimension: LoopDimension, dataflow: Dataflow | null, machine: Machine): number | undefined {
  const side = arraySides.find((one) => dataflow?.axes[one]?.unroll.includes(dimension));
  return side && machine[side];
}

/** Loop orders; of those that differ only in where loops of one trip stand, the first. */
export function ordersOf(problem: LayerProblem, tiling: Tiling): Choice['order'][] {
  const cuts = cutsOf(problem, tiling);
  const seen = new Set<string>();
  return ORDERS.filter((order) => {
    const running = order.filter((loop) => cuts[loop].length > 1).join();
    if (seen.has(running)) return false;
    seen.add(running);
    return true;
  });
}

/** A run of indices along a loop. */
export interface Range {
  readonly from: number;
  readonly size: number;
}

export interface PixelBlock {
  readonly batch: Range;
  readonly rows: Range;
  readonly columns: Range;
}

/** The tiles of each loop of the busiest core, in the order in which they run. */
export interface Cuts {
  readonly groups: readonly Range[];
  readonly pixels: readonly PixelBlock[];
  readonly outputChannels: readonly Range[];
  readonly reduction: readonly Range[];
}

/** The busiest core is the first: shares are rounded up, so what is missing is missing at the end. */
export function cutsOf({ nest }: LayerProblem, choice: Tiling): Cuts {
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

function share(length: number, parts: number): number {
  return Math.ceil(length / parts);
}

function cut({ from, size }: Range, tile: number): Range[] {
  const ranges: Range[] = [];
  for (let at = from; at < from + size; at += tile) ranges.push({ from: at, size: Math.min(tile, from + size - at) });
  return ranges;
}

function pixelBlocks(columns: number, choice: Tiling, batch: Range, rows: Range): PixelBlock[] {
  return cut(batch, choice.batch).flatMap((b) =>
    cut(rows, choice.rows).flatMap((r) =>
      cut({ from: 0, size: columns }, choice.columns).map((q) => ({ batch: b, rows: r, columns: q })),
    ),
  );
}

/** Tiles of all cores that differ in pixels. */
export function everyPixelBlock({ nest }: LayerProblem, choice: Tiling): PixelBlock[] {
  const batches = cut({ from: 0, size: nest.batch }, share(nest.batch, choice.split.batch));
  const bands = cut({ from: 0, size: nest.outputRows }, share(nest.outputRows, choice.split.outputRows));
  return batches.flatMap((batch) => bands.flatMap((rows) => pixelBlocks(nest.outputColumns, choice, batch, rows)));
}

/** Input positions of one channel under the windows of a block's outputs, each once, padding left out. */
export function positionsRead({ nest }: LayerProblem, { batch, rows, columns }: PixelBlock): number {
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

export function outputsOfBusiest({ nest }: LayerProblem, { split }: Tiling): number {
  return (
    share(nest.batch, split.batch) *
    share(nest.groups, split.groups) *
    share(nest.outputRows, split.outputRows) *
    share(nest.outputChannels, split.outputChannels) *
    nest.outputColumns
  );
}
