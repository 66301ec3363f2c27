/** Widths of one layer's operands, in bits: 1 to 16, or 32. */
export interface LayerBits {
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
  /** Width of residual shortcuts, where the policy keeps them wider than the rest. */
  readonly shortcutBits?: number;
  /** By layer index. */
  readonly layers: readonly LayerBits[];
  /** Bits per element of each stored tensor, by tensor index: the widest that a reader of it wants. */
  readonly tensorBits: readonly number[];
}
