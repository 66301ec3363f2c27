import { AccelsimError } from '../../errors.js';
import { productIssues, type MatrixProduct, type ProductRun } from './matrix-product.js';
import { passesOf } from './passes.js';
import { arrayIssues, type SystolicArray } from './systolic-array.js';
import type { SystolicDataflow } from './systolic-dataflow.js';

/**
 * Pushes a whole product through an array, register by register and cycle by cycle. Groups, and the folds of each, run
 * one after another; a fold begins when the one before has left the array. Nothing is computed about time: the cycles
 * are ticks of the clock.
 * @throws AccelsimError with all that is wrong with array and product; or if a sum does not fit the accumulators.
 */
export function playProduct(dataflow: SystolicDataflow, array: SystolicArray, product: MatrixProduct): ProductRun {
  const issues = [...arrayIssues(array), ...productIssues(product)];
  if (issues.length > 0) throw new AccelsimError(issues);
  const passes = passesOf(product.inputFormat, product.weightFormat, array.multiplierBits);
  const sums = new Float64Array(product.groups * product.pixels * product.outputChannels);
  const { cycles, folds } = dataflow.play(array, product, passes, sums);
  return { sums: Int32Array.from(sums), cycles, folds };
}
