import type { Mapping } from '../mapping.js';
import type { LayerProblem } from '../problem.js';
import type { ResidencyVariant } from './residency-layer.js';

/** What was decided for one layer. */
export interface LayerDecision {
  readonly mapping: Mapping;
  /** By position in the layer's inputs. */
  readonly inputsOnChip: readonly boolean[];
  readonly outputWritten: boolean;
  readonly weightsOnChip: boolean;
  /** Tensors and weights that stay, and tiles, while the layer runs: over all cores. */
  readonly occupiedBytes: number;
}

/** A layer, or in a chain a stripe of one, with its mapping. */
export interface Piece {
  readonly layer: number;
  /** How many stripes are alike. */
  readonly times: number;
  readonly problem: LayerProblem;
  readonly mapping: Mapping;
}

/** What was decided for a layer, or for layers that run as one. */
export interface StepDecision extends ResidencyVariant {
  readonly first: number;
  readonly last: number;
  /** The chain's place in the list of chains; -1 for a layer by itself. */
  readonly chain: number;
  /** In the order of layers. */
  readonly pieces: readonly Piece[];
  /** Tensors and weights that stay, and tiles, while the step is at work: over all memories. */
  readonly occupiedBytes: number;
}

export interface ResidencyPlan {
  readonly steps: readonly StepDecision[];
  /**
   * By tensor: how many of its readers find it on chip. 0: off-chip; all of them: it never leaves the chip; fewer: it
   * is written off-chip too, and dropped after that many. What lies between the layers of a chain counts as 0.
   */
  readonly readersOnChip: readonly number[];
  readonly weightRegionBytes: number;
  readonly cycles: number;
  readonly offChipBytes: number;
  /** By the objective that the plan was chosen for: cycles of `latency`. */
  readonly cost: number;
  /** No plan is better. False when a limit on the search was met, so that one may exist. */
  readonly exact: boolean;
  /** No plan costs less; the cost of this one where it is exact. */
  readonly lowerBound: number;
}

/** A layer for which no mapping fits even with nothing resident. */
export class NoRoom {
  readonly layer: number;

  constructor(layer: number) {
    this.layer = layer;
  }
}
