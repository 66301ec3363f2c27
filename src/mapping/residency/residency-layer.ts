/** A layer as the residency search sees it. */
export interface ResidencyLayer {
  /** Tensors read, as indices into `tensors`; a tensor read twice stands once. */
  readonly inputs: readonly number[];
  readonly output: number;
  /** The output may take the place of an input that is read for the last time (elementwise layers). */
  readonly inPlace: boolean;
  /** 0 where there are no weights. */
  readonly weightBytes: number;
  /**
   * By input: equal numbers for inputs that may change places, so that only how many of them are on chip matters to the
   * layer. Left out where no two may.
   */
  readonly alike?: readonly number[];
}

export interface ResidencyTensor {
  readonly bytes: number;
  /** Index of the layer that makes it; -1 for an input of the network, which lies off-chip. */
  readonly producer: number;
  /** Layers that read it, ascending; a tensor that none reads leaves the chip. */
  readonly consumers: readonly number[];
}

/**
 * Layers that may run as one, in stripes: what lies between them is never whole, and nothing else reads it. Its inputs
 * are those of its layers that come from outside; its output is that of the last.
 */
export interface ResidencyChain {
  readonly first: number;
  readonly last: number;
  /** On-chip bytes that it takes beside its inputs and output: stripes of what lies between, and weights it holds. */
  readonly heldBytes: number;
  /** Its weights stay from one inference to the next, all of them. */
  readonly weightsStay: boolean;
}

/** What is resident while a layer or a chain of layers is at work: each makes another mapping problem of it. */
export interface ResidencyVariant {
  /** By position in the step's inputs. */
  readonly inputsOnChip: readonly boolean[];
  readonly outputWritten: boolean;
  /** Weights stay from one inference to the next. */
  readonly weightsOnChip: boolean;
  /** Share of the layer's weights that was loaded while the layer before ran, in quarters. */
  readonly prefetchedQuarters: number;
  /** Share of the next layer's weights that is loaded meanwhile, in quarters. */
  readonly nextQuarters: number;
}

/** Shares are 0 to this many quarters. */
export const WHOLE_SHARE = 4;

/** Bytes of a share of weights. */
export function shareBytes(weightBytes: number, quarters: number): number {
  return Math.ceil((weightBytes * quarters) / WHOLE_SHARE);
}
