import type { Candidate } from './candidate.js';
import type { CoreSplit } from './core-split.js';
import type { PixelTile } from './pixel-tiles.js';

/** Counts of one search. */
export interface SearchCounts {
  /** Tile choices: core split x dataflow x tile sizes. */
  readonly considered: number;
  /** Those of them that a lower bound, or the memory they take, ruled out unpriced. */
  readonly pruned: number;
  /** Schedules (loop order x buffering x staging) of the others that were priced. */
  readonly priced: number;
}

/** A mapping that was kept: its choices and its price. */
export interface Mapping {
  /** Null on the vector unit. */
  readonly dataflow: string | null;
  readonly split: CoreSplit;
  readonly pixelTile: PixelTile;
  readonly groupTile: number;
  readonly channelTile: number;
  readonly reductionTile: number;
  readonly order: number;
  /** Operands whose tiles are double-buffered, as far as they have more than one; a mask. */
  readonly doubled: number;
  /** Operands that lie whole in the shared buffer while the layer runs; a mask. */
  readonly staged: number;
  readonly bufferBytesPerCore: number;
  /** Bytes of the shared buffer that staged operands take; 0 where there is none. */
  readonly sharedBufferBytes: number;
  readonly cycles: number;
  readonly offChipBytes: number;
  /** How the search that found it went. */
  readonly search: SearchCounts;
  /** Geometry and traffic as they were considered. Mappings of one search with the same schedule share it. */
  readonly candidate: Readonly<Candidate>;
}
