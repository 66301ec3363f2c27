/**
 * The loops of one layer: for every batch element and group, every output channel, row and column sums over input
 * channels, kernel rows and kernel columns. Channel counts are per group. A matrix product is the nest whose kernel is
 * 1x1; pooling and elementwise layers are nests with one channel per group.
 */
export interface LoopNest {
  /** N */
  readonly batch: number;
  /** G */
  readonly groups: number;
  /** K, per group */
  readonly outputChannels: number;
  /** C, per group */
  readonly inputChannels: number;
  /** P */
  readonly outputRows: number;
  /** Q */
  readonly outputColumns: number;
  /** R */
  readonly kernelRows: number;
  /** S */
  readonly kernelColumns: number;
  readonly inputRows: number;
  readonly inputColumns: number;
  readonly strideRows: number;
  readonly strideColumns: number;
  readonly dilationRows: number;
  readonly dilationColumns: number;
  /** Rows of padding above the first input row; what is below follows from `outputRows`. */
  readonly paddingTop: number;
  readonly paddingLeft: number;
}

/** Multiply-accumulates (or, for a vector layer, window elements visited): N G K C P Q R S. */
export function nestOperations(nest: LoopNest): number {
  return outputElements(nest) * nest.inputChannels * nest.kernelRows * nest.kernelColumns;
}

/** N G K P Q. */
export function outputElements(nest: LoopNest): number {
  return nest.batch * nest.groups * nest.outputChannels * nest.outputRows * nest.outputColumns;
}
