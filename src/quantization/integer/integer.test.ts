import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignPrecision } from '../../precision/index.js';
import { readNetwork, resnet50, writeNetwork } from '../../workload/index.js';
import type { LevelLayoutName } from '../level-layout.js';
import { dequantize, quantize, type QuantizerName, quantizers } from '../quantizer/index.js';
import { accumulatorBitsFor, accumulatorBitsOf, neededAccumulatorBits } from './accumulator-bits.js';
import { formatRange } from './integer-operands.js';
import { inputCount, nestOf, scatterConvolution, smallNest, weightCount } from './nests.test-data.js';
import { computeQuantized } from './quantized-layer.js';
import { sumIntegers } from './sum-integers.js';

const SIGNED_4 = { bits: 4, signed: true } as const;
const UNSIGNED_4 = { bits: 4, signed: false } as const;
const integers = (count: number, [min, max]: readonly [number, number]) =>
  fc.array(fc.integer({ min, max }), { minLength: count, maxLength: count });
const reals = (count: number, min: number, max: number) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: count, maxLength: count });

describe('sums of integers', () => {
  it('by hand: a 2x2 kernel over 2 x 3 with a column of zeros before it', () => {
    // Rows 1 2 3 and 4 5 6 behind a zero each; windows [0 1; 0 4], [1 2; 4 5], [2 3; 5 6] times [1 -1; 2 0]:
    // -1, 1 - 2 + 8 = 7, 2 - 3 + 10 = 9.
    const nest = nestOf({
      outputColumns: 3,
      kernelRows: 2,
      kernelColumns: 2,
      inputRows: 2,
      inputColumns: 3,
      paddingLeft: 1,
    });
    const operands = {
      inputs: [1, 2, 3, 4, 5, 6],
      weights: [1, -1, 2, 0],
      inputFormat: UNSIGNED_4,
      weightFormat: SIGNED_4,
    };
    expect([...sumIntegers(nest, operands, 6)]).toEqual([-1, 7, 9]);
  });

  it('are those of the convolution, padded, strided, dilated and grouped', () => {
    const layer = smallNest.chain((nest) =>
      fc.record({
        nest: fc.constant(nest),
        inputs: integers(inputCount(nest), [0, 15]),
        weights: integers(weightCount(nest), [-8, 7]),
      }),
    );
    fc.assert(
      fc.property(layer, ({ nest, inputs, weights }) => {
        const operands = { inputs, weights, inputFormat: UNSIGNED_4, weightFormat: SIGNED_4 };
        expect([...sumIntegers(nest, operands, 32)]).toEqual(scatterConvolution(nest, inputs, weights));
      }),
    );
  });

  it('that do not fit the accumulator are an error, also on the way', () => {
    // 15 x 7 = 105 fits 8 bits (-128 to 127); 105 + 105 does not, even though the third product brings it back.
    const nest = nestOf({ inputChannels: 3 });
    const operands = { inputs: [15, 15, 15], weights: [7, 7, -8], inputFormat: UNSIGNED_4, weightFormat: SIGNED_4 };
    expect([...sumIntegers(nest, operands, 9)]).toEqual([90]);
    expect(() => sumIntegers(nest, operands, 8)).toThrow(
      'integer layer: sums[sample 0, channel 0, row 0, column 0]: a partial sum does not fit 8 bits (found 210)',
    );
  });

  it('of bad operands are refused, all at once', () => {
    const nest = nestOf({ outputRows: 2, inputChannels: 3 });
    const operands = { inputs: [1, 2, 1.5], weights: [1], inputFormat: UNSIGNED_4, weightFormat: SIGNED_4 };
    expect(() => sumIntegers(nest, operands, 32)).toThrow(
      [
        'integer layer: inputs[2]: must be integers from 0 to 15 (4 bits, unsigned) (found 1.5)',
        'integer layer: weights: must be 3 values (found 1)',
      ].join('\n'),
    );
    expect(() => sumIntegers(nest, { ...operands, inputFormat: { bits: 17, signed: false } }, 32)).toThrow(
      'inputs: must have an integer from 1 to 16 of bits (found 17)',
    );
    expect(() => sumIntegers(nest, operands, 33)).toThrow(
      'accumulatorBits: must be an integer from 1 to 32 (found 33)',
    );
  });
});

describe('accumulator bits', () => {
  it('by hand', () => {
    // 8 x 8 bits, 2048 terms: 2048 x 255 x -128 = -66,846,720, which lies between -2^25 and -2^26: 27 bits.
    expect(
      accumulatorBitsFor(nestOf({ inputChannels: 2048 }), { bits: 8, signed: false }, { bits: 8, signed: true }),
    ).toBe(27);
    // 2 x 2 bits, 64 x 3 x 3 terms: 576 x 3 x -2 = -3456: 13 bits (-4096).
    const conv = nestOf({ inputChannels: 64, kernelRows: 3, kernelColumns: 3 });
    expect(accumulatorBitsFor(conv, { bits: 2, signed: false }, { bits: 2, signed: true })).toBe(13);
    // Weights 1 and -1 only: 288 of each come to at most 288 x 3 = 864 either way: 11 bits.
    const weights = Array.from({ length: 576 }, (_, at) => (at % 2 === 0 ? 1 : -1));
    expect(accumulatorBitsOf(conv, weights, { bits: 2, signed: false })).toBe(11);
  });

  it('by hand, for the layers of ResNet50 at 4 bits with 8 at the edges', () => {
    const network = readNetwork(writeNetwork(resnet50('v1')), 'resnet50');
    const bits = neededAccumulatorBits(network, assignPrecision(network, { policy: 'edges', bits: 4 }));
    const at = (name: string) => bits[network.layers.findIndex((layer) => layer.name === name)];
    // 7x7x3 = 147 terms x 255 x -128 = -4,798,080: 24 bits. 2048 terms x 255 x -128: 27 bits, as above.
    expect([at('conv1'), at('fc')]).toEqual([24, 27]);
    // The longest of the others: 3x3x512 = 4608 terms x 15 x -8 = -552,960: 21 bits. Poolings and additions sum nothing.
    expect(Math.max(...bits.slice(1, -1).map((width) => width ?? 0))).toBe(21);
    expect(bits.filter((width) => width === null)).toHaveLength(
      network.layers.filter(({ engine }) => engine === 'vector').length,
    );
    // Full precision is no integer.
    expect(
      neededAccumulatorBits(network, assignPrecision(network, { policy: 'uniform', bits: 32 })),
    ).not.toContainEqual(expect.any(Number));
  });

  it('are enough for any operands, and one fewer is not', () => {
    const formats = fc.record({ bits: fc.integer({ min: 1, max: 5 }), signed: fc.boolean() });
    const layer = fc
      .record({ nest: smallNest, inputFormat: formats, weightFormat: formats })
      .chain((each) =>
        fc.record({
          ...Object.fromEntries(Object.entries(each).map(([key, value]) => [key, fc.constant(value)])),
          weights: integers(weightCount(each.nest), formatRange(each.weightFormat)),
        }),
      )
      .map(
        (each) =>
          each as unknown as {
            nest: ReturnType<typeof nestOf>;
            inputFormat: { bits: number; signed: boolean };
            weightFormat: { bits: number; signed: boolean };
            weights: number[];
          },
      );
    fc.assert(
      fc.property(layer, ({ nest: full, inputFormat, weightFormat, weights }) => {
        const known = accumulatorBitsOf(full, weights, inputFormat);
        expect(known).toBeLessThanOrEqual(accumulatorBitsFor(full, inputFormat, weightFormat));
        // One window over the whole kernel, and for each channel the inputs that drive its sum furthest up, or down:
        // products of one sign only, so that the final sum is the furthest partial one.
        const nest = nestOf({
          inputChannels: full.inputChannels,
          kernelRows: full.kernelRows,
          kernelColumns: full.kernelColumns,
          inputRows: full.kernelRows,
          inputColumns: full.kernelColumns,
        });
        const [least, greatest] = formatRange(inputFormat);
        const terms = full.inputChannels * full.kernelRows * full.kernelColumns;
        let overflows = false;
        for (let first = 0; first < weights.length; first += terms) {
          const own = weights.slice(first, first + terms);
          for (const way of [1, -1]) {
            const inputs = own.map((weight) => {
              const [a, b] = [way * weight * least, way * weight * greatest];
              return Math.max(a, b) <= 0 ? (least <= 0 ? 0 : least) : a > b ? least : greatest;
            });
            const operands = { inputs, weights: own, inputFormat, weightFormat };
            expect(sumIntegers(nest, operands, known)).toHaveLength(1);
            try {
              if (known > 1) sumIntegers(nest, operands, known - 1);
            } catch {
              overflows = true;
            }
          }
        }
        expect(overflows || known === 1).toBe(true);
      }),
    );
  });
});

describe('a quantized layer', () => {
  const weightQuantizers: readonly (readonly [QuantizerName, LevelLayoutName, number])[] = (
    ['dorefa-weights', 'sawb', 'min-max', 'mse-optimal'] as const
  ).flatMap((name) =>
    (['no-zero', 'with-zero'] as const).flatMap((layout) =>
      [2, 4, 8]
        .filter(
          (bits) =>
            quantizers[name].layouts.some((own) => own === layout) && quantizers[name].bits(layout).includes(bits),
        )
        .map((bits) => [name, layout, bits] as const),
    ),
  );

  it.each(weightQuantizers)('in integers, %s %s %i bits, is the layer in floating point', (name, layout, bits) => {
    const layer = smallNest.chain((nest) =>
      fc.record({
        nest: fc.constant(nest),
        inputs: reals(inputCount(nest), -1, 4),
        weights: reals(weightCount(nest), -1, 1).filter((values) => values.some((value) => Math.abs(value) > 0.01)),
      }),
    );
    fc.assert(
      fc.property(layer, ({ nest, inputs, weights }) => {
        const x = quantize('pact', inputs, { bits, clipLevel: 2.3 });
        const w = quantize(name, weights, { bits, layout });
        const needed = accumulatorBitsFor(nest, { bits, signed: false }, { bits: Math.max(bits, 2), signed: true });
        const values = computeQuantized(nest, x, w, (sub, operands) => sumIntegers(sub, operands, needed));
        const expected = scatterConvolution(nest, dequantize(x), dequantize(w));
        expected.forEach((value, at) => expect(values[at]).toBeCloseTo(value, 9));
      }),
      { numRuns: 30 },
    );
  });

  it('needs a level 0 for its padding', () => {
    const tensor = quantize('min-max', [1], { bits: 2, layout: 'no-zero' });
    expect(() => computeQuantized(nestOf({}), tensor, tensor, () => [0])).toThrow('inputs need a level 0');
  });
});
