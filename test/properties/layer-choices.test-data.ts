/**
 * Every mapping of a layer, and how it cuts the loops: tiles as runs of indices, input positions counted one by one. It
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
export function cutsOf({ nest }: LayerProblem, choice: Omit<Choice, 'order'>): Cuts {
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

function pixelBlocks(columns: number, choice: Omit<Choice, 'order'>, batch: Range, rows: Range): PixelBlock[] {
  return cut(batch, choice.batch).flatMap((b) =>
    cut(rows, choice.rows).flatMap((r) =>
      cut({ from: 0, size: columns }, choice.columns).map((q) => ({ batch: b, rows: r, columns: q })),
    ),
  );
}

/** Tiles of all cores that differ in pixels. */
export function everyPixelBlock({ nest }: LayerProblem, choice: Choice): PixelBlock[] {
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

export function outputsOfBusiest({ nest }: LayerProblem, { split }: Choice): number {
  return (
    share(nest.batch, split.batch) *
    share(nest.groups, split.groups) *
    share(nest.outputRows, split.outputRows) *
    share(nest.outputChannels, split.outputChannels) *
    nest.outputColumns
  );
}
