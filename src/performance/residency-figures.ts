/** Where a tensor lives between its producer and its last reader. */
export interface TensorResidency {
  readonly tensor: string;
  readonly kind: 'activation' | 'weights';
  readonly bits: number;
  readonly bytes: number;
  /**
   * `on-chip`: never leaves the scratchpads. `both`: written off-chip too, and read on chip up to `keptUntil`.
   * `off-chip`: written to and read from memory.
   */
  readonly place: 'on-chip' | 'both' | 'off-chip';
  /** Name of the last layer that reads it on chip; null when off-chip. */
  readonly keptUntil: string | null;
}

/** Consecutive layers of which only stripes of what lies between them are ever on chip. */
export interface FusedChain {
  readonly layers: readonly string[];
  readonly stripes: number;
  /** Of these layers the weights are loaded once and kept for all stripes; of the others they come for each. */
  readonly heldWeights: readonly string[];
}

export interface ResidencyResult {
  /** The choice is proved to be the best of the stated space by the objective. */
  readonly exact: boolean;
  /** No choice takes fewer cycles: totalCycles where it is exact. Null where the objective is another than latency. */
  readonly lowerBoundCycles: number | null;
  /** By how much of the bound, at most, the best choice may cost less; of latency totalCycles / lowerBoundCycles - 1. */
  readonly optimalityGap: number;
  readonly capacityBytes: number;
  /** Most bytes that were in use at once, tiles and resident tensors. */
  readonly peakBytes: number;
  /** Bytes set aside for weights that stay between inferences (throughput mode). */
  readonly weightRegionBytes: number;
  readonly tensors: readonly TensorResidency[];
  /** Layers of whose weights a part was loaded while the layer before ran; only with `schedule.prefetch`. */
  readonly prefetched: readonly { readonly layer: string; readonly fraction: number }[];
  /** Layers that were computed stripe by stripe, one after the other within each; only with `schedule.fusion`. */
  readonly chains: readonly FusedChain[];
}
