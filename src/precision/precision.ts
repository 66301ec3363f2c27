/** Scales that weights are stored with, where they are so many that their bytes count: both or neither. */
export interface WeightScales {
  /** Weights that share one. */
  readonly weightGroupSize?: number;
  /** Bits of each, its zero point included. */
  readonly weightScaleBits?: number;
}

/** Widths of one layer's operands, in bits: 1 to 16, or 32. */
export interface LayerBits extends WeightScales {
  readonly weightBits: number;
  /** At which the layer computes with what it reads. */
  readonly activationBits: number;
  /** At which its output is stored: what its consumers read. */
  readonly outputBits: number;
  /** At which partial sums are kept. */
  readonly accumulatorBits: number;
}

/** Bits of every layer and every stored tensor of one network. */
export interface Precision {
  /** The policy's nominal width, null where a file gives each layer its own. */
  readonly bits: number | null;
  /** Width of the first and last MAC layer, null where the policy makes no exception. */
  readonly edgeBits: number | null;
  /** The list or file that gives each layer its own widths, where one does. */
  readonly source?: string;
  /** Width of residual shortcuts, where the policy keeps them wider than the rest. */
  readonly shortcutBits?: number;
  /** Width of what attention keeps from step to step, where it has one of its own. */
  readonly kvCacheBits?: number;
  /** By layer index. */
  readonly layers: readonly LayerBits[];
  /** Bits per element of each stored tensor, by tensor index: the widest that a reader of it wants. */
  readonly tensorBits: readonly number[];
  /** What a file left open and was decided for it, a sentence each; goes with every result. */
  readonly notes?: readonly string[];
}

/**
 * Bits that one weight takes where it is stored and moved: its own, and its share of the scale of its group. `stored` says
 * what a value of so many bits takes in memory; no more than those, if left out.
 */
export function storedWeightBits(
  { weightBits, weightGroupSize, weightScaleBits }: Pick<LayerBits, 'weightBits' | keyof WeightScales>,
  stored: (widthBits: number) => number = (widthBits) => widthBits,
): number {
  const own = stored(weightBits);
  if (weightGroupSize === undefined || weightScaleBits === undefined) return own;
  return own + stored(weightScaleBits) / weightGroupSize;
}
