import { AccelsimError, type Issue, show } from '../../errors.js';
import type { LoopNest } from '../../workload/loop-nest.js';
import { type IntegerFormat, MAX_QUANTIZED_BITS } from '../level-layout.js';

/** Integers of one convolution, or of a matrix product, which is the nest with a 1x1 kernel. Padding is zeros. */
export interface IntegerOperands {
  /** By sample, channel (group after group), row and column. */
  readonly inputs: ArrayLike<number>;
  /** By output channel (group after group), input channel of its group, kernel row and column. */
  readonly weights: ArrayLike<number>;
  readonly inputFormat: IntegerFormat;
  readonly weightFormat: IntegerFormat;
}

/** Least and greatest integer of a format. */
export function formatRange({ bits, signed }: IntegerFormat): readonly [number, number] {
  return signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}

/**
 * @throws AccelsimError if operands are not those of the nest: their number, or the first value that its format cannot
 * write
 */
export function checkOperands(nest: LoopNest, operands: IntegerOperands): void {
  const { batch, groups, inputChannels, outputChannels, kernelRows, kernelColumns } = nest;
  const inputs = batch * groups * inputChannels * nest.inputRows * nest.inputColumns;
  const weights = groups * outputChannels * inputChannels * kernelRows * kernelColumns;
  const issues = [
    ...operandIssues('inputs', operands.inputs, inputs, operands.inputFormat),
    ...operandIssues('weights', operands.weights, weights, operands.weightFormat),
  ];
  if (issues.length > 0) throw new AccelsimError(issues);
}

/** What is wrong with a format, if anything. */
export function formatIssues(path: string, { bits }: IntegerFormat): Issue[] {
  if (Number.isInteger(bits) && bits >= 1 && bits <= MAX_QUANTIZED_BITS) return [];
  const rule = `must have an integer from 1 to ${MAX_QUANTIZED_BITS} of bits`;
  return [{ source: 'integer layer', path, rule, found: show(bits) }];
}

function operandIssues(path: string, values: ArrayLike<number>, count: number, format: IntegerFormat): Issue[] {
  const bad = formatIssues(path, format);
  if (bad.length > 0) return bad;
  if (values.length !== count) {
    return [{ source: 'integer layer', path, rule: `must be ${count} values`, found: show(values.length) }];
  }
  const [least, greatest] = formatRange(format);
  for (let at = 0; at < count; at += 1) {
    const value = values[at]!;
    if (Number.isInteger(value) && value >= least && value <= greatest) continue;
    const rule = `must be integers from ${least} to ${greatest} (${format.bits} bits, ${format.signed ? 'signed' : 'unsigned'})`;
    return [{ source: 'integer layer', path: `${path}[${at}]`, rule, found: show(value) }];
  }
  return [];
}
