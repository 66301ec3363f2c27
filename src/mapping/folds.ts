import type { Dataflow, LoopClass } from '../arch/dataflow/index.js';
import type { Machine } from '../arch/machine.js';
import type { Candidate } from './candidate.js';
import type { LayerProblem } from './problem.js';
import type { PixelTile } from './pixel-tiles.js';
import type { LoopTile } from './tile-sizes.js';

/**
 * For every tile size along each loop class, what the whole loop comes to over all its tiles: where the class lies in
 * space, folds (a tile takes ceil(size / unit)); where it streams, steps. Worked out once for each size. The classes
 * are independent, so folds of a combination are products.
 */
export interface FoldTables {
  readonly stream: LoopClass;
  readonly pixels: Float64Array;
  readonly channels: Float64Array;
  readonly reductions: Float64Array;
}

export function foldTables(
  dataflow: Dataflow,
  problem: LayerProblem,
  machine: Machine,
  space: {
    readonly pixels: readonly PixelTile[];
    readonly channels: readonly LoopTile[];
    readonly reductions: readonly LoopTile[];
  },
): FoldTables {
  const kernel = problem.nest.kernelRows * problem.nest.kernelColumns;
  const unitOf = (kind: LoopClass): number => {
    const side = dataflow.rows === kind ? machine.rows : dataflow.columns === kind ? machine.columns : 1;
    // Lanes make the array deeper (or the stream shorter) along the reduction, and nowhere else.
    return kind === 'reduction' ? side * problem.lanes : side;
  };
  const [pixelUnit, channelUnit, reductionUnit] = [unitOf('pixels'), unitOf('outputChannels'), unitOf('reduction')];
  const pixels = space.pixels.map(
    (tile) =>
      tile.fullCount * Math.ceil(tile.fullPixels / pixelUnit) + tile.restCount * Math.ceil(tile.restPixels / pixelUnit),
  );
  const channels = space.channels.map(
    (tile) => tile.full * Math.ceil(tile.size / channelUnit) + Math.ceil(tile.rest / channelUnit),
  );
  const reductions = space.reductions.map(
    (tile) =>
      tile.full * Math.ceil((tile.size * kernel) / reductionUnit) + Math.ceil((tile.rest * kernel) / reductionUnit),
  );
  return {
    stream: dataflow.stream,
    pixels: Float64Array.from(pixels),
    channels: Float64Array.from(channels),
    reductions: Float64Array.from(reductions),
  };
}

/** Writes a combination's folds and stream into the candidate, whose trips are set already. */
export function setFolds(
  candidate: Candidate,
  tables: FoldTables,
  pixels: number,
  channels: number,
  reductions: number,
): void {
  if (tables.stream === 'pixels') {
    candidate.folds = channels * reductions;
    candidate.streamSteps = pixels;
    candidate.streamTrips = candidate.pixelTrips;
  } else if (tables.stream === 'outputChannels') {
    candidate.folds = pixels * reductions;
    candidate.streamSteps = channels;
    candidate.streamTrips = candidate.channelTrips;
  } else {
    candidate.folds = pixels * channels;
    candidate.streamSteps = reductions;
    candidate.streamTrips = candidate.reductionTrips;
  }
}
