import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestOf, smallProblem } from '../../../test/properties/problems.test-data.js';
import type { LoopNest } from '../../workload/index.js';
import { systolicDataflows, type SystolicDataflowName } from './index.js';
import { lowerConvolution, raiseOutputs } from './lower-convolution.js';
import { playProduct } from './play-product.js';

const SIGNED_4 = { bits: 4, signed: true };

/** Where each input goes: the definition read backwards, so that padding needs no case of its own. */
function directConvolution(nest: LoopNest, inputs: readonly number[], weights: readonly number[]): number[] {
  const { groups, inputChannels, outputChannels, outputRows, outputColumns, kernelRows, kernelColumns } = nest;
  const outputs = Array.from({ length: nest.batch * groups * outputChannels * outputRows * outputColumns }, () => 0);
  const landing = (at: number, padding: number, tap: number, dilation: number, stride: number, size: number) => {
    const first = at + padding - tap * dilation;
    return first >= 0 && first % stride === 0 && first / stride < size ? first / stride : null;
  };
  for (const [at, input] of inputs.entries()) {
    const column = at % nest.inputColumns;
    const row = Math.floor(at / nest.inputColumns) % nest.inputRows;
    const channel = Math.floor(at / (nest.inputColumns * nest.inputRows)) % (groups * inputChannels);
    const sample = Math.floor(at / (nest.inputColumns * nest.inputRows * groups * inputChannels));
    const group = Math.floor(channel / inputChannels);
    for (let r = 0; r < kernelRows; r++) {
      const p = landing(row, nest.paddingTop, r, nest.dilationRows, nest.strideRows, outputRows);
      for (let s = 0; s < kernelColumns; s++) {
        const q = landing(column, nest.paddingLeft, s, nest.dilationColumns, nest.strideColumns, outputColumns);
        if (p === null || q === null) continue;
        for (let k = group * outputChannels; k < (group + 1) * outputChannels; k++) {
          const weight =
            weights[((k * inputChannels + (channel % inputChannels)) * kernelRows + r) * kernelColumns + s]!;
          outputs[((sample * groups * outputChannels + k) * outputRows + p) * outputColumns + q]! += input * weight;
        }
      }
    }
  }
  return outputs;
}

function inputCount(nest: LoopNest): number {
  return nest.batch * nest.groups * nest.inputChannels * nest.inputRows * nest.inputColumns;
}

function weightCount(nest: LoopNest): number {
  return nest.groups * nest.outputChannels * nest.inputChannels * nest.kernelRows * nest.kernelColumns;
}

describe('a convolution lowered to a product', () => {
  it('by hand: a 2x2 kernel over 2 x 3 with a column of zeros before it', () => {
    // Rows 1 2 3 and 4 5 6 behind a zero each; windows [0 1; 0 4], [1 2; 4 5] and [2 3; 5 6].
    const nest = nestOf({
      outputColumns: 3,
      kernelRows: 2,
      kernelColumns: 2,
      inputRows: 2,
      inputColumns: 3,
      paddingLeft: 1,
    });
    const lowered = lowerConvolution(nest, {
      inputs: [1, 2, 3, 4, 5, 6],
      weights: [1, -1, 2, 0],
      inputFormat: SIGNED_4,
      weightFormat: SIGNED_4,
    });
    expect(lowered).toMatchObject({ groups: 1, pixels: 3, reduction: 4, outputChannels: 1 });
    expect([...(lowered.inputs as Int32Array)]).toEqual([0, 1, 0, 4, 1, 2, 4, 5, 2, 3, 5, 6]);
    expect([...(lowered.weights as Int32Array)]).toEqual([1, -1, 2, 0]);
  });

  it('comes out of the array as the convolution, padded, strided, dilated and grouped', () => {
    const digits = (count: number) => fc.array(fc.integer({ min: -8, max: 7 }), { minLength: count, maxLength: count });
    const layer = smallProblem.chain(({ nest }) =>
      fc.record({ nest: fc.constant(nest), inputs: digits(inputCount(nest)), weights: digits(weightCount(nest)) }),
    );
    const names = fc.constantFrom(...(Object.keys(systolicDataflows) as SystolicDataflowName[]));
    const sides = fc.record({
      rows: fc.integer({ min: 1, max: 5 }),
      columns: fc.integer({ min: 1, max: 5 }),
      lanes: fc.constantFrom(1, 2, 4),
      preload: fc.constantFrom('exposed', 'overlapped'),
    });
    fc.assert(
      fc.property(layer, names, sides, ({ nest, inputs, weights }, name, size) => {
        const array = { ...size, multiplierBits: 4, accumulatorBits: 32 };
        const product = lowerConvolution(nest, { inputs, weights, inputFormat: SIGNED_4, weightFormat: SIGNED_4 });
        const { sums } = playProduct(systolicDataflows[name], array, product);
        expect([...raiseOutputs(nest, sums)]).toEqual(directConvolution(nest, inputs, weights));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses values that are not those of the nest', () => {
    const nest = nestOf({ outputRows: 2, inputChannels: 3 });
    const operands = { inputs: [1, 2, 3, 4, 5, 1.5], weights: [1], inputFormat: SIGNED_4, weightFormat: SIGNED_4 };
    expect(() => lowerConvolution(nest, operands)).toThrow(
      [
        'convolution: inputs[5]: must be integers from -8 to 7 (4 bits, signed) (found 1.5)',
        'convolution: weights: must be 3 values (found 1)',
      ].join('\n'),
    );
  });
});
