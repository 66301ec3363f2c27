import { touchedAlongAxis } from '../workload/touched.js';
import type { LoopNest } from '../workload/loop-nest.js';
import { evenTiles, halvedTiles, tileCounts } from './tile-sizes.js';
import type { CoreSplit } from './core-split.js';

/**
 * One way to cut a core's pixels (batch, output rows, output columns). Rows are cut before columns and images are
 * taken together only whole, so that tiles of one cut come in two sizes: full ones and rests.
 */
export interface PixelTile {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  /** Tiles of the busiest core. */
  readonly trips: number;
  /** The rest tile; the same as a full one but along the loop that is cut. */
  readonly restBatch: number;
  readonly restRows: number;
  readonly restColumns: number;
  /** Pixels of a full tile, and of the rest tile (0: none); how many of each. */
  readonly fullPixels: number;
  readonly fullCount: number;
  readonly restPixels: number;
  readonly restCount: number;
  /** Input elements per input channel that a full tile reads, halo included. */
  readonly tileInputElements: number;
  /** Input elements per input channel that all tiles of all cores read, halos counted each time. */
  readonly inputElements: number;
  /** Those of one full tile, over all cores at that place in their loops, and of one rest tile: means over such places. */
  readonly fullInputs: number;
  readonly restInputs: number;
}

/** Every pixel tile of the space for one core split. */
export function pixelTiles(nest: LoopNest, split: CoreSplit): PixelTile[] {
  const batchShare = Math.ceil(nest.batch / split.batch);
  const rowShare = Math.ceil(nest.outputRows / split.outputRows);
  const columns = nest.outputColumns;
  const tiles: PixelTile[] = [];
  const allColumns = touchedColumns(nest, columns);
  const wholeRows = touchedRows(nest, rowShare, rowShare);
  const wholePlane = wholeRows.sum * allColumns.sum;

  for (const batch of evenTiles(batchShare)) {
    const { full, rest, trips } = tileCounts(batchShare, batch);
    const plane = rowShare * columns;
    tiles.push({
      batch,
      rows: rowShare,
      columns,
      restBatch: rest,
      restRows: rowShare,
      restColumns: columns,
      trips,
      fullPixels: batch * plane,
      fullCount: full,
      restPixels: rest * plane,
      restCount: rest > 0 ? 1 : 0,
      tileInputElements: batch * wholeRows.largest * allColumns.largest,
      inputElements: nest.batch * wholePlane,
      fullInputs: (nest.batch * wholePlane * batch) / batchShare,
      restInputs: (nest.batch * wholePlane * rest) / batchShare,
    });
  }
  for (const rows of evenTiles(rowShare)) {
    if (rows === rowShare) continue;
    const { full, rest, trips } = tileCounts(rowShare, rows);
    const touched = touchedRows(nest, rowShare, rows);
    tiles.push({
      batch: 1,
      rows,
      columns,
      restBatch: 1,
      restRows: rest,
      restColumns: columns,
      trips: batchShare * trips,
      fullPixels: rows * columns,
      fullCount: batchShare * full,
      restPixels: rest * columns,
      restCount: rest > 0 ? batchShare : 0,
      tileInputElements: touched.largest * allColumns.largest,
      inputElements: nest.batch * touched.sum * allColumns.sum,
      fullInputs: ((nest.batch / batchShare) * touched.sumOfFull * allColumns.sum) / full,
      restInputs: (nest.batch / batchShare) * (touched.sum - touched.sumOfFull) * allColumns.sum,
    });
  }
  const singleRows = touchedRows(nest, rowShare, 1);
  for (const width of halvedTiles(columns)) {
    if (width === columns) continue;
    const { full, rest, trips } = tileCounts(columns, width);
    const touched = touchedColumns(nest, width);
    const lines = batchShare * rowShare;
    tiles.push({
      batch: 1,
      rows: 1,
      columns: width,
      restBatch: 1,
      restRows: 1,
      restColumns: rest,
      trips: lines * trips,
      fullPixels: width,
      fullCount: lines * full,
      restPixels: rest,
      restCount: rest > 0 ? lines : 0,
      tileInputElements: singleRows.largest * touched.largest,
      inputElements: nest.batch * singleRows.sum * touched.sum,
      fullInputs: ((nest.batch / lines) * singleRows.sum * touched.sumOfFull) / full,
      restInputs: (nest.batch / lines) * singleRows.sum * (touched.sum - touched.sumOfFull),
    });
  }
  return tiles;
}

/** Inputs of one channel that the layer touches, each once, over the whole batch. */
export function wholePlaneInputs(nest: LoopNest): number {
  return (
    nest.batch * touchedRows(nest, nest.outputRows, nest.outputRows).sum * touchedColumns(nest, nest.outputColumns).sum
  );
}

/** One spatial axis of a nest: output positions, and the windows that make them. */
interface Axis {
  readonly outputs: number;
  readonly stride: number;
  readonly kernel: number;
  readonly dilation: number;
  readonly padding: number;
  readonly inputs: number;
}

function touchedRows(nest: LoopNest, share: number, rows: number): Touched {
  const axis: Axis = {
    outputs: nest.outputRows,
    stride: nest.strideRows,
    kernel: nest.kernelRows,
    dilation: nest.dilationRows,
    padding: nest.paddingTop,
    inputs: nest.inputRows,
  };
  return touchedByTiles(axis, share, rows);
}

function touchedColumns(nest: LoopNest, columns: number): Touched {
  const axis: Axis = {
    outputs: nest.outputColumns,
    stride: nest.strideColumns,
    kernel: nest.kernelColumns,
    dilation: nest.dilationColumns,
    padding: nest.paddingLeft,
    inputs: nest.inputColumns,
  };
  return touchedByTiles(axis, nest.outputColumns, columns);
}

/** Distinct inputs that tiles read: over all tiles, and of the tile that reads most. */
interface Touched {
  readonly sum: number;
  /** Of tiles that are full on the busiest core: cores with less may have them smaller, or not at all. */
  readonly sumOfFull: number;
  readonly largest: number;
}

/** Each core's `share` of the outputs is cut on its own into tiles of `size`. */
function touchedByTiles(axis: Axis, share: number, size: number): Touched {
  const { outputs, stride, kernel, dilation, padding, inputs } = axis;
  const fullTiles = Math.floor(share / size);
  let sum = 0;
  let sumOfFull = 0;
  let largest = 0;
  for (let start = 0; start < outputs; start += share) {
    const end = Math.min(outputs, start + share);
    for (let first = start; first < end; first += size) {
      const touched = touchedAlongAxis(first, Math.min(end, first + size), stride, kernel, dilation, padding, inputs);
      sum += touched;
      if (first - start < fullTiles * size) sumOfFull += touched;
      if (touched > largest) largest = touched;
    }
  }
  return { sum, sumOfFull, largest };
}
