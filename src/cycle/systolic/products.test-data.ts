import * as fc from 'fast-check';
import type { MatrixProduct } from './matrix-product.js';
import { greatestOf, leastOf, type OperandFormat } from './operand-format.js';
import type { SystolicArray } from './systolic-array.js';

/** The plain definition, in integers that cannot overflow. */
export function plainProduct(product: MatrixProduct): number[] {
  const { groups, pixels, reduction, outputChannels, inputs, weights } = product;
  const sums: number[] = [];
  for (let group = 0; group < groups; group++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < outputChannels; channel++) {
        let sum = 0n;
        for (let k = 0; k < reduction; k++) {
          const input = inputs[(group * pixels + pixel) * reduction + k]!;
          const weight = weights[(group * reduction + k) * outputChannels + channel]!;
          sum += BigInt(input) * BigInt(weight);
        }
        sums.push(Number(sum));
      }
    }
  }
  return sums;
}

const format: fc.Arbitrary<OperandFormat> = fc.record({
  bits: fc.oneof(fc.integer({ min: 2, max: 16 }), fc.constantFrom(1, 2, 4, 8, 16)),
  signed: fc.boolean(),
});

const magnitude = (of: OperandFormat) => Math.max(-leastOf(of), greatestOf(of));

/** Extremes often: they are what overflows. */
const valuesOf = (of: OperandFormat, count: number) =>
  fc.array(
    fc.oneof(fc.integer({ min: leastOf(of), max: greatestOf(of) }), fc.constantFrom(leastOf(of), greatestOf(of))),
    { minLength: count, maxLength: count },
  );

/** Products whose sums fit `accumulatorBits` whatever the operands are, because the reduction is kept short enough. */
export function productFitting(accumulatorBits: number): fc.Arbitrary<MatrixProduct> {
  return anyProduct((inputs, weights) =>
    Math.floor((2 ** (accumulatorBits - 1) - 1) / (magnitude(inputs) * magnitude(weights))),
  );
}

/** Products that may overflow anything. */
export const wildProduct: fc.Arbitrary<MatrixProduct> = anyProduct(() => 25);

function anyProduct(
  longestReduction: (inputs: OperandFormat, weights: OperandFormat) => number,
): fc.Arbitrary<MatrixProduct> {
  return fc
    .record({
      groups: fc.constantFrom(1, 1, 2, 3),
      pixels: fc.integer({ min: 1, max: 12 }),
      reduction: fc.integer({ min: 1, max: 25 }),
      outputChannels: fc.integer({ min: 1, max: 12 }),
      inputFormat: format,
      weightFormat: format,
    })
    .filter(({ inputFormat, weightFormat }) => longestReduction(inputFormat, weightFormat) >= 1)
    .map((sizes) => ({
      ...sizes,
      reduction: Math.min(sizes.reduction, longestReduction(sizes.inputFormat, sizes.weightFormat)),
    }))
    .chain((sizes) =>
      fc.record({
        groups: fc.constant(sizes.groups),
        pixels: fc.constant(sizes.pixels),
        reduction: fc.constant(sizes.reduction),
        outputChannels: fc.constant(sizes.outputChannels),
        inputFormat: fc.constant(sizes.inputFormat),
        weightFormat: fc.constant(sizes.weightFormat),
        inputs: valuesOf(sizes.inputFormat, sizes.groups * sizes.pixels * sizes.reduction),
        weights: valuesOf(sizes.weightFormat, sizes.groups * sizes.reduction * sizes.outputChannels),
      }),
    );
}

/** Arrays smaller and larger than those products, with multipliers from one bit to more than enough. */
export const anyArray: fc.Arbitrary<SystolicArray> = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 9 }),
  lanes: fc.constantFrom(1, 1, 2, 3, 4, 8),
  multiplierBits: fc.oneof(fc.constant(16), fc.integer({ min: 1, max: 16 })),
  accumulatorBits: fc.constant(32),
  preload: fc.constantFrom('exposed', 'overlapped'),
});
