/**
 * The three loop classes an array works on: a fold lays two of them out in space and streams the third.
 * - `pixels`: batch, output rows and output columns (M of the equivalent matrix product)
 * - `outputChannels`: output channels of one group (N of the matrix product)
 * - `reduction`: input channels, kernel rows and columns of one group (K of the matrix product)
 */
export type LoopClass = 'pixels' | 'outputChannels' | 'reduction';

/**
 * How a layer's loops lie on the array, as data. Lanes lengthen the reduction inside a processing element, wherever
 * the reduction runs: in space it makes the rows deeper, in time it shortens the stream.
 */
export interface Dataflow {
  readonly name: string;
  readonly rows: LoopClass;
  readonly columns: LoopClass;
  readonly stream: LoopClass;
  /** A stationary operand has to be shifted into the array before a fold, `rows` cycles. */
  readonly preloads: boolean;
  /** Sums of a fold stay inside the processing elements, so an uncut reduction needs no accumulator outside. */
  readonly accumulatesInArray: boolean;
  readonly description: string;
}
