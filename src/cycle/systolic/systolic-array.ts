import { AccelsimError, show, type Issue } from '../../errors.js';

/** An array of processing elements, as its registers see it. */
export interface SystolicArray {
  readonly rows: number;
  readonly columns: number;
  /** Products of the reduction that one element takes, and sums, per step. */
  readonly lanes: number;
  /** Width of the multipliers: wider operands are taken digit by digit, a pass each, one pass per cycle. */
  readonly multiplierBits: number;
  /** Width of the registers that hold sums, in two's complement. */
  readonly accumulatorBits: number;
  /** Whether the stationary operand is shifted in before a fold, or into shadow registers during the one before. */
  readonly preload: 'exposed' | 'overlapped';
}

/** Sums are held in 32-bit integers. */
export const MAX_ACCUMULATOR_BITS = 32;

/** What is wrong with an array, if anything. */
export function arrayIssues(array: SystolicArray): Issue[] {
  const issues: Issue[] = [];
  const check = (path: string, value: number, least: number, greatest: number) => {
    if (Number.isInteger(value) && value >= least && value <= greatest) return;
    const rule =
      greatest === Infinity ? `must be an integer from ${least}` : `must be an integer from ${least} to ${greatest}`;
    issues.push({ source: SOURCE, path, rule, found: show(value) });
  };
  check('rows', array.rows, 1, Infinity);
  check('columns', array.columns, 1, Infinity);
  check('lanes', array.lanes, 1, Infinity);
  check('multiplierBits', array.multiplierBits, 1, MAX_ACCUMULATOR_BITS);
  check('accumulatorBits', array.accumulatorBits, 1, MAX_ACCUMULATOR_BITS);
  return issues;
}

/** The error of a sum that its register cannot hold. Hardware would wrap around, or saturate, and go on. */
export function overflow(sum: number, { accumulatorBits }: SystolicArray): AccelsimError {
  return new AccelsimError([
    {
      source: SOURCE,
      path: 'accumulatorBits',
      rule: `a partial sum does not fit ${accumulatorBits} bits`,
      found: show(sum),
      hint: 'widen the accumulators, or narrow the operands',
    },
  ]);
}

const SOURCE = 'systolic array';
