import { show, type Issue } from '../../errors.js';
import { greatestOf, leastOf, MAX_OPERAND_BITS, type OperandFormat } from './operand-format.js';

/**
 * What an array is asked to compute: for each group, `pixels` x `reduction` inputs by `reduction` x `outputChannels`
 * weights (M x K by K x N). Both lie row by row, group after group.
 */
export interface MatrixProduct {
  readonly groups: number;
  readonly pixels: number;
  readonly reduction: number;
  readonly outputChannels: number;
  readonly inputs: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly inputFormat: OperandFormat;
  readonly weightFormat: OperandFormat;
}

/** What came out of the array, and when. */
export interface ProductRun {
  /** `pixels` x `outputChannels` sums of each group, row by row, group after group. Exact. */
  readonly sums: Int32Array;
  /** Cycles the clock ticked, from the first operand that enters to the last sum that leaves. */
  readonly cycles: number;
  /** Times the array was filled. */
  readonly folds: number;
}

const SOURCE = 'matrix product';

/** What is wrong with a product, if anything. */
export function productIssues(product: MatrixProduct): Issue[] {
  const issues: Issue[] = [];
  const { groups, pixels, reduction, outputChannels } = product;
  for (const [path, size] of Object.entries({ groups, pixels, reduction, outputChannels })) {
    if (!Number.isInteger(size) || size < 1) {
      issues.push({ source: SOURCE, path, rule: 'must be an integer from 1', found: show(size) });
    }
  }
  if (issues.length > 0) return issues;
  return [
    ...operandIssues(SOURCE, 'inputs', product.inputs, groups * pixels * reduction, product.inputFormat),
    ...operandIssues(SOURCE, 'weights', product.weights, groups * reduction * outputChannels, product.weightFormat),
  ];
}

/** What is wrong with the values of an operand: their number, or the first that its format cannot write. */
export function operandIssues(
  source: string,
  path: string,
  values: ArrayLike<number>,
  count: number,
  format: OperandFormat,
): Issue[] {
  const { bits, signed } = format;
  if (!Number.isInteger(bits) || bits < 1 || bits > MAX_OPERAND_BITS) {
    const rule = `must have an integer from 1 to ${MAX_OPERAND_BITS} of bits`;
    return [{ source, path, rule, found: show(bits) }];
  }
  if (values.length !== count) {
    return [{ source, path, rule: `must be ${count} values`, found: show(values.length) }];
  }
  const [least, greatest] = [leastOf(format), greatestOf(format)];
  for (let at = 0; at < count; at++) {
    const value = values[at]!;
    if (Number.isInteger(value) && value >= least && value <= greatest) continue;
    const rule = `must be integers from ${least} to ${greatest} (${bits} bits, ${signed ? 'signed' : 'unsigned'})`;
    return [{ source, path: `${path}[${at}]`, rule, found: show(value) }];
  }
  return [];
}
