import type { MatrixProduct } from './matrix-product.js';
import type { Passes } from './passes.js';
import type { SystolicArray } from './systolic-array.js';

/** What moves through the registers of an array, and what stays. To add one: a file beside this, a line in `index.ts`. */
export interface SystolicDataflow {
  readonly name: string;
  readonly description: string;
  /**
   * Plays the whole product, cycle by cycle, and leaves its sums in `sums` (all zero at first).
   * @throws AccelsimError if a sum does not fit the accumulators.
   */
  play(array: SystolicArray, product: MatrixProduct, passes: Passes, sums: Float64Array): Played;
}

export interface Played {
  /** Ticks of the clock. */
  readonly cycles: number;
  /** Times the array was filled. */
  readonly folds: number;
}
