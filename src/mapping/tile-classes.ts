import type { PixelTile } from './pixel-tiles.js';
import type { LoopTile } from './tile-sizes.js';

/**
 * How one loop over tiles runs: full tiles, and a rest that is smaller. All figures of a tile are products of what its
 * place in each loop contributes, so a loop is described by its two classes of tiles, relative to its mean tile.
 */
export interface TileClasses {
  readonly trips: number;
  /** A run is some full tiles and a rest: pixels have a rest in each image, or line, other loops at most one. */
  readonly runs: number;
  readonly fullPerRun: number;
  readonly hasRest: boolean;
  /** Elements of input (or weights) of a full and a rest tile, relative to the mean. */
  readonly fullInputs: number;
  readonly restInputs: number;
  /** Elements of output. */
  readonly fullOutputs: number;
  readonly restOutputs: number;
  /** Of the last tile: the rest, if there is one. */
  readonly lastOutputs: number;
}

export function classesOfLoop({ size, full, rest, trips }: LoopTile): TileClasses {
  const mean = (size * full + rest) / trips;
  return {
    trips,
    runs: 1,
    fullPerRun: full,
    hasRest: rest > 0,
    fullInputs: size / mean,
    restInputs: rest / mean,
    fullOutputs: size / mean,
    restOutputs: rest / mean,
    lastOutputs: (rest > 0 ? rest : size) / mean,
  };
}

export function classesOfPixels(tile: PixelTile): TileClasses {
  const { trips, fullCount, restCount, fullPixels, restPixels, fullInputs, restInputs } = tile;
  const meanPixels = (fullPixels * fullCount + restPixels * restCount) / trips;
  const meanInputs = (fullInputs * fullCount + restInputs * restCount) / trips;
  const runs = Math.max(1, restCount);
  return {
    trips,
    runs,
    fullPerRun: fullCount / runs,
    hasRest: restCount > 0,
    // A window may lie in padding alone.
    fullInputs: meanInputs > 0 ? fullInputs / meanInputs : 1,
    restInputs: meanInputs > 0 ? restInputs / meanInputs : 1,
    fullOutputs: fullPixels / meanPixels,
    restOutputs: restPixels / meanPixels,
    lastOutputs: (restCount > 0 ? restPixels : fullPixels) / meanPixels,
  };
}
