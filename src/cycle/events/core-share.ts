import type { LoopNest } from '../../workload/loop-nest.js';
import { inputColumnsRead, inputRowsRead } from './inputs-read.js';
import { cut, type Range } from './range.js';
import type { TilePlace } from './tile-places.js';
import type { TilePlan } from './tile-plan.js';

/** The part of a layer that one core computes. */
export interface CoreShare {
  readonly core: number;
  /** Cores of one number read the same inputs; likewise the second operand. */
  readonly inputParty: number;
  readonly secondParty: number;
  /** Tiles along each loop. */
  readonly groups: readonly Range[];
  readonly pixels: readonly PixelTile[];
  readonly outputChannels: readonly Range[];
  readonly reduction: readonly Range[];
}

/** Sizes of a tile along batch, rows and columns, and the inputs of one channel that it reads, halo included. */
export interface PixelTile {
  readonly batch: number;
  readonly outputRows: number;
  readonly outputColumns: number;
  readonly inputs: number;
}

export function tripsOf({ groups, pixels, outputChannels, reduction }: CoreShare): TilePlace {
  return {
    groups: groups.length,
    pixels: pixels.length,
    outputChannels: outputChannels.length,
    reduction: reduction.length,
  };
}

/**
 * Cuts a layer into one share per core and each share into tiles. Shares are rounded up, so the first core has the most
 * and the last one along each loop what is left; so have tiles.
 */
export function coreShares(nest: LoopNest, { split, tile }: TilePlan): CoreShare[] {
  const shares = (length: number, parts: number): Range[] => cut({ from: 0, size: length }, Math.ceil(length / parts));
  const groups = shares(nest.groups, split.groups);
  const channels = shares(nest.outputChannels, split.outputChannels);
  const reduction = cut({ from: 0, size: nest.inputChannels }, tile.inputChannels);
  const columns = cut({ from: 0, size: nest.outputColumns }, tile.outputColumns).map((range) => ({
    ...range,
    read: inputColumnsRead(nest, range),
  }));
  const pixelShares = shares(nest.batch, split.batch).flatMap((batch) =>
    shares(nest.outputRows, split.outputRows).map((rows) => pixelTiles(nest, tile, batch, rows, columns)),
  );
  return pixelShares.flatMap((pixels, p) =>
    groups.flatMap((group, g) =>
      channels.map((channel, k) => ({
        core: (p * groups.length + g) * channels.length + k,
        inputParty: p * groups.length + g,
        secondParty: g * channels.length + k,
        groups: cut(group, tile.groups),
        pixels,
        outputChannels: cut(channel, tile.outputChannels),
        reduction,
      })),
    ),
  );
}

function pixelTiles(
  nest: LoopNest,
  tile: TilePlan['tile'],
  batchShare: Range,
  rowShare: Range,
  columns: readonly (Range & { readonly read: number })[],
): PixelTile[] {
  const rows = cut(rowShare, tile.outputRows).map((range) => ({ ...range, read: inputRowsRead(nest, range) }));
  return cut(batchShare, tile.batch).flatMap(({ size: batch }) =>
    rows.flatMap((row) =>
      columns.map((column) => ({
        batch,
        outputRows: row.size,
        outputColumns: column.size,
        inputs: batch * row.read * column.read,
      })),
    ),
  );
}
