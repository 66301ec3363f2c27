import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerConvolution, playProduct, raiseOutputs, systolicDataflows } from '../../src/cycle/systolic/index.js';
import { sumIntegers } from '../../src/quantization/index.js';
import { smallNest } from '../../src/quantization/integer/nests.test-data.js';

const array = { rows: 3, columns: 2, lanes: 2, multiplierBits: 8, accumulatorBits: 32, preload: 'overlapped' } as const;

/** Integers of any width for both operands of a layer, drawn from a generator so that large layers stay cheap. */
const layer = fc
  .tuple(
    smallNest,
    fc.constantFrom(8, 4, 2),
    fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
  )
  .map(([nest, bits, stream]) => {
    const draw = (low: number, high: number) => low + Math.floor(stream.next().value! * (high - low + 1));
    const inputs = nest.batch * nest.groups * nest.inputChannels * nest.inputRows * nest.inputColumns;
    const kernel = nest.kernelRows * nest.kernelColumns;
    const weights = nest.groups * nest.outputChannels * nest.inputChannels * kernel;
    const edge = 2 ** (bits - 1);
    return {
      nest,
      operands: {
        inputs: Array.from({ length: inputs }, () => draw(0, 2 ** bits - 1)),
        weights: Array.from({ length: weights }, () => draw(-edge, edge - 1)),
        inputFormat: { bits, signed: false },
        weightFormat: { bits, signed: true },
      },
    };
  });

describe.each(Object.keys(systolicDataflows) as (keyof typeof systolicDataflows)[])('%s', (dataflow) => {
  it('gives the integers of the layer, register by register', () => {
    fc.assert(
      fc.property(layer, ({ nest, operands }) => {
        const { sums } = playProduct(systolicDataflows[dataflow], array, lowerConvolution(nest, operands));
        expect(raiseOutputs(nest, sums)).toEqual(sumIntegers(nest, operands, 32));
      }),
      { numRuns: 100 },
    );
  });
});
