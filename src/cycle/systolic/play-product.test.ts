import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systolicDataflows, type SystolicDataflowName } from './index.js';
import type { MatrixProduct } from './matrix-product.js';
import { playProduct } from './play-product.js';
import { anyArray, plainProduct, productFitting, wildProduct } from './products.test-data.js';
import type { SystolicArray } from './systolic-array.js';

const names = Object.keys(systolicDataflows) as SystolicDataflowName[];

const SIGNED_8 = { bits: 8, signed: true };

const array: SystolicArray = {
  rows: 2,
  columns: 2,
  lanes: 1,
  multiplierBits: 8,
  accumulatorBits: 32,
  preload: 'exposed',
};

function product(pixels: number, reduction: number, outputChannels: number, rest: Partial<MatrixProduct> = {}) {
  return {
    groups: 1,
    pixels,
    reduction,
    outputChannels,
    inputs: Array.from({ length: pixels * reduction }, (_, at) => at + 1),
    weights: Array.from({ length: reduction * outputChannels }, (_, at) => at + 5),
    inputFormat: SIGNED_8,
    weightFormat: SIGNED_8,
    ...rest,
  };
}

/**
 * Cycles that a fold takes from its first operand to its last sum, and how many folds there are: docs/model.md,
 * section 6.1, written down again.
 */
const closedForms: Readonly<Record<SystolicDataflowName, (array: SystolicArray, product: MatrixProduct) => number>> = {
  'weight-stationary': (on, of) =>
    preloaded(on, of, Math.ceil(of.outputChannels / on.columns), of.pixels * passCount(on, of)),
  'input-stationary': (on, of) =>
    preloaded(on, of, Math.ceil(of.pixels / on.columns), of.outputChannels * passCount(on, of)),
  'output-stationary': (on, of) => {
    const folds = of.groups * Math.ceil(of.pixels / on.rows) * Math.ceil(of.outputChannels / on.columns);
    return folds * (Math.ceil(of.reduction / on.lanes) * passCount(on, of) + on.rows + on.columns - 2);
  },
};

function preloaded(on: SystolicArray, of: MatrixProduct, columnFolds: number, slots: number): number {
  const folds = of.groups * Math.ceil(of.reduction / (on.rows * on.lanes)) * columnFolds;
  return on.preload === 'exposed'
    ? folds * (slots + 2 * on.rows + on.columns - 2)
    : folds * (slots + on.rows + on.columns - 2) + on.rows;
}

function passCount(on: SystolicArray, of: MatrixProduct): number {
  return Math.ceil(of.inputFormat.bits / on.multiplierBits) * Math.ceil(of.weightFormat.bits / on.multiplierBits);
}

describe.each(names)('%s', (name) => {
  const dataflow = systolicDataflows[name];

  it('is found under its own name', () => {
    expect(dataflow.name).toBe(name);
  });

  it('gives the product to the bit, in the cycles of the closed form', () => {
    const fitting = fc.integer({ min: 12, max: 32 }).chain((accumulatorBits) =>
      fc.record({
        of: productFitting(accumulatorBits),
        on: anyArray.map((on) => ({ ...on, accumulatorBits })),
      }),
    );
    fc.assert(
      fc.property(fitting, ({ of, on }) => {
        const { sums, cycles } = playProduct(dataflow, on, of);
        expect([...sums]).toEqual(plainProduct(of));
        expect(cycles).toBe(closedForms[name](on, of));
      }),
      { numRuns: 400 },
    );
  });

  it('never wraps around: a sum that does not fit is an error', () => {
    fc.assert(
      fc.property(wildProduct, anyArray, fc.integer({ min: 1, max: 32 }), (of, on, accumulatorBits) => {
        const expected = plainProduct(of);
        const limit = 2 ** (accumulatorBits - 1);
        try {
          expect([...playProduct(dataflow, { ...on, accumulatorBits }, of).sums]).toEqual(expected);
        } catch (error) {
          expect(String(error)).toContain('systolic array: accumulatorBits: a partial sum does not fit');
          return;
        }
        expect(expected.every((sum) => sum >= -limit && sum < limit)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('says so exactly when a sum on the way does not fit, `lanes` products at a time', () => {
    fc.assert(
      fc.property(wildProduct, anyArray, fc.integer({ min: 1, max: 32 }), (of, some, accumulatorBits) => {
        // One fold holds the reduction, and operands are taken whole.
        const rows = Math.ceil(of.reduction / some.lanes);
        const on = { ...some, rows, accumulatorBits, multiplierBits: 16 };
        const limit = 2 ** (accumulatorBits - 1);
        const fits = sumsOnTheWay(of, on.lanes).every((sum) => sum >= -limit && sum < limit);
        const play = () => playProduct(dataflow, on, of);
        if (fits) expect(play).not.toThrow();
        else expect(play).toThrow(`a partial sum does not fit ${accumulatorBits} bits`);
      }),
      { numRuns: 400 },
    );
  });
});

function sumsOnTheWay(of: MatrixProduct, lanes: number): number[] {
  const sums: number[] = [];
  for (let taken = lanes; taken < of.reduction + lanes; taken += lanes) {
    const inputs = Array.from(of.inputs, (value, at) => (at % of.reduction < taken ? value : 0));
    sums.push(...plainProduct({ ...of, inputs }));
  }
  return sums;
}

describe('by hand', () => {
  const run = (name: SystolicDataflowName, on: Partial<SystolicArray>, of: MatrixProduct) =>
    playProduct(systolicDataflows[name], { ...array, ...on }, of);

  it('a product of 2 x 2 by 2 x 2 on 2 x 2', () => {
    // [1 2; 3 4] [5 6; 7 8] = [19 22; 43 50]. Two rows of weights go in; then the first pixel enters at the first row,
    // the second one behind it, and its sum leaves the second column four cycles after the first entered.
    for (const name of names) expect([...run(name, {}, product(2, 2, 2)).sums]).toEqual([19, 22, 43, 50]);
    expect(run('weight-stationary', {}, product(2, 2, 2))).toMatchObject({ cycles: 2 + 4, folds: 1 });
    expect(run('input-stationary', {}, product(2, 2, 2))).toMatchObject({ cycles: 2 + 4, folds: 1 });
    expect(run('output-stationary', {}, product(2, 2, 2))).toMatchObject({ cycles: 4, folds: 1 });
  });

  it('one element makes one product per cycle, and one cycle more for each operand it has to load', () => {
    // 3 x 4 by 4 x 2: 8 weights, each used 3 times; 12 inputs, each used twice; 6 sums of 4 products.
    const one = { rows: 1, columns: 1 };
    expect(run('weight-stationary', one, product(3, 4, 2)).cycles).toBe(8 * (1 + 3));
    expect(run('weight-stationary', { ...one, preload: 'overlapped' }, product(3, 4, 2)).cycles).toBe(1 + 8 * 3);
    expect(run('input-stationary', one, product(3, 4, 2)).cycles).toBe(12 * (1 + 2));
    expect(run('output-stationary', one, product(3, 4, 2)).cycles).toBe(6 * 4);
  });

  it('operands of 4 bits take four passes of 2-bit multipliers: two digits by two', () => {
    const narrow = { bits: 4, signed: true };
    const of = product(1, 1, 1, { inputs: [-7], weights: [-8], inputFormat: narrow, weightFormat: narrow });
    for (const name of names) expect([...run(name, { multiplierBits: 2 }, of).sums]).toEqual([56]);
    expect(run('output-stationary', { rows: 1, columns: 1, multiplierBits: 2 }, of).cycles).toBe(4);
    expect(run('weight-stationary', { rows: 1, columns: 1, multiplierBits: 2 }, of).cycles).toBe(1 + 4);
  });

  it('between the passes of a step a sum may be out of range', () => {
    // -1 is 3 - 4 and -8 is 0 - 2 x 4 in digits of 2 bits: 0 + 0 + 3 x -2 x 4 = -24, then -1 x -2 x 16 makes it 8.
    const narrow = { bits: 4, signed: true };
    const of = product(1, 1, 1, { inputs: [-1], weights: [-8], inputFormat: narrow, weightFormat: narrow });
    for (const name of names) expect([...run(name, { multiplierBits: 2, accumulatorBits: 5 }, of).sums]).toEqual([8]);
  });

  it('an accumulator holds the largest sum that fits, and not one more', () => {
    // 127 + 127 = 254 and 127 + 1 = 128 in 9 and in 8 bits.
    const ones = product(1, 2, 1, { inputs: [1, 1], weights: [126, 1] });
    for (const name of names) {
      expect([...run(name, { accumulatorBits: 8 }, ones).sums]).toEqual([127]);
      expect(() => run(name, { accumulatorBits: 8 }, { ...ones, weights: [127, 1] })).toThrow(
        'systolic array: accumulatorBits: a partial sum does not fit 8 bits (found 128)',
      );
      expect([...run(name, { accumulatorBits: 8 }, { ...ones, weights: [-127, -1] }).sums]).toEqual([-128]);
    }
  });
});

describe('what cannot be played', () => {
  it('is refused with all that is wrong', () => {
    const of = product(2, 2, 1, { inputs: [1, 2, 3, 200], weights: [1], weightFormat: { bits: 17, signed: true } });
    const play = () => playProduct(systolicDataflows['weight-stationary'], { ...array, rows: 0, lanes: 1.5 }, of);
    expect(play).toThrow(
      [
        'systolic array: rows: must be an integer from 1 (found 0)',
        'systolic array: lanes: must be an integer from 1 (found 1.5)',
        'matrix product: inputs[3]: must be integers from -128 to 127 (8 bits, signed) (found 200)',
        'matrix product: weights: must have an integer from 1 to 16 of bits (found 17)',
      ].join('\n'),
    );
    const short = product(2, 2, 1, { weights: [1] });
    expect(() => playProduct(systolicDataflows['output-stationary'], array, short)).toThrow(
      'matrix product: weights: must be 2 values (found 1)',
    );
    expect(() => playProduct(systolicDataflows['output-stationary'], array, product(2, 0, 1))).toThrow(
      'matrix product: reduction: must be an integer from 1 (found 0)',
    );
  });
});
