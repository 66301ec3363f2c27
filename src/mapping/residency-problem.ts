import type { Mapping } from './candidate.js';

/** A layer as the residency search sees it. */
export interface ResidencyLayer {
  /** Tensors read, as indices into `tensors`; a tensor read twice stands once. */
  readonly inputs: readonly number[];
  readonly output: number;
  /** The output may take the place of an input that is read for the last time (elementwise layers). */
  readonly inPlace: boolean;
  /** 0 where there are no weights. */
  readonly weightBytes: number;
}

export interface ResidencyTensor {
  readonly bytes: number;
  /** Index of the layer that makes it; -1 for an input of the network, which lies off-chip. */
  readonly producer: number;
  /** Layers that read it, ascending; a tensor that none reads leaves the chip. */
  readonly consumers: readonly number[];
}

export interface ResidencyProblem {
  readonly layers: readonly ResidencyLayer[];
  readonly tensors: readonly ResidencyTensor[];
  readonly cores: number;
  readonly scratchpadBytesPerCore: number;
  /**
   * Best mapping of a layer within `freeBytesPerCore`, given which inputs and whether the weights lie
   * on chip, and whether the output is written off-chip; undefined when nothing fits. More room is never slower.
   */
  best(
    layer: number,
    inputsOnChip: readonly boolean[],
    outputWritten: boolean,
    weightsOnChip: boolean,
    freeBytesPerCore: number,
  ): Mapping | undefined;
}

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

export interface ResidencyPlan {
  readonly layers: readonly LayerDecision[];
  /**
   * By tensor: how many of its readers find it on chip. 0: off-chip; all of them: it never leaves the chip; fewer: it
   * is written off-chip too, and dropped after that many.
   */
  readonly readersOnChip: readonly number[];
  readonly weightRegionBytes: number;
  /** False when a limit on the search was met, so that a faster plan may exist. */
  readonly exact: boolean;
}
