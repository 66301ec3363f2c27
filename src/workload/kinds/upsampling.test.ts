import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { touchedAlongAxis } from '../touched.js';
import { alone } from './alone.test-data.js';

describe('transposed convolution', () => {
  it('with a kernel as large as the stride makes just the output', () => {
    // U-Net: 1024 channels of 28x28 to 512 of 56x56 by a 2x2 at stride 2. Weights 1024 * 512 * 4 = 2,097,152, each used
    // once for each of the 784 inputs.
    const layer = alone(
      { kind: 'transposed-convolution', input: 'a', outputChannels: 512, kernel: 2, stride: 2 },
      [1024, 28, 28],
    );
    expect(layer.shape).toEqual({ channels: 512, height: 56, width: 56 });
    expect(layer.weightElements).toBe(2_097_152);
    expect(layer.macs).toBe(2_097_152 * 784);
    const { groups, outputChannels, outputRows, outputColumns } = layer.nest;
    expect(groups * outputChannels * outputRows * outputColumns).toBe(512 * 56 * 56);
  });

  it('has the size that PyTorch gives, and the weights of its filters', () => {
    // DCGAN: 4x4 at stride 2 with padding 1 doubles; (8 - 1) 2 - 2 + 3 + 1 = 16. 512 * 256 * 16 weights.
    const dcgan = alone(
      { kind: 'transposed-convolution', input: 'a', outputChannels: 256, kernel: 4, stride: 2, padding: 1 },
      [512, 8, 8],
    );
    expect(dcgan.shape).toEqual({ channels: 256, height: 16, width: 16 });
    expect(dcgan.weightElements).toBe(2_097_152);
    expect(dcgan.macs).toBe(2_097_152 * 64);
    // 3x3 at stride 2, padding 1, output padding 1: (7 - 1) 2 - 2 + 2 + 1 + 1 = 14. In 4 groups 12 / 4 * 8 * 9 weights.
    const odd = alone(
      {
        kind: 'transposed-convolution',
        input: 'a',
        outputChannels: 8,
        kernel: 3,
        stride: 2,
        padding: 1,
        outputPadding: 1,
        groups: 4,
      },
      [12, 7, 7],
    );
    expect(odd.shape).toEqual({ channels: 8, height: 14, width: 14 });
    expect(odd.weightElements).toBe(216);
    expect(odd.macs).toBe(216 * 49);
  });

  it('multiplies as often as its inputs spread', () => {
    const fields = fc.record({
      channels: fc.integer({ min: 1, max: 3 }),
      filters: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 1, max: 5 }),
      width: fc.integer({ min: 1, max: 5 }),
      kernel: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 4 }),
      dilation: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(fields, ({ channels, filters, height, width, kernel, stride, dilation }) => {
        let macs = 0;
        let [bottom, right] = [0, 0];
        for (let row = 0; row < height; row += 1) {
          for (let column = 0; column < width; column += 1) {
            for (let r = 0; r < kernel; r += 1) {
              for (let s = 0; s < kernel; s += 1) {
                macs += channels * filters;
                bottom = Math.max(bottom, row * stride + r * dilation);
                right = Math.max(right, column * stride + s * dilation);
              }
            }
          }
        }
        const layer = alone(
          { kind: 'transposed-convolution', input: 'a', outputChannels: filters, kernel, stride, dilation },
          [channels, height, width],
        );
        expect(layer.macs).toBe(macs);
        expect(layer.shape).toEqual({ channels: filters, height: bottom + 1, width: right + 1 });
      }),
      { numRuns: 200 },
    );
  });

  it('refuses what PyTorch refuses', () => {
    const layer = { kind: 'transposed-convolution', input: 'a', outputChannels: 4, kernel: 2, stride: 2 } as const;
    expect(() => alone({ ...layer, outputPadding: 2 }, [4, 3, 3])).toThrow(
      'layers[0].outputPadding: must be less than the stride or the dilation (2) (found 2)',
    );
    expect(() => alone({ ...layer, padding: 1, outputPadding: 0 }, [4, 1, 1])).toThrow(
      'layers[0].padding: must leave at least one row and one column of the output (found 0x0)',
    );
    expect(() => alone({ ...layer, groups: 3 }, [4, 3, 3])).toThrow('layers[0].groups: must divide the 4 channels');
    expect(() => alone({ ...layer, inputChannels: 3 }, [4, 3, 3])).toThrow(
      'layers[0].inputChannels: must be the 4 channels of "a" (4x3x3) (found 3)',
    );
  });
});

describe('resize', () => {
  it('makes a map larger or smaller', () => {
    const size = (fields: object) =>
      alone({ kind: 'resize', input: 'a', mode: 'nearest', ...fields }, [8, 13, 10]).shape;
    expect(size({ scale: 2 })).toEqual({ channels: 8, height: 26, width: 20 });
    expect(size({ scale: { rows: 0.5, columns: 1 } })).toEqual({ channels: 8, height: 6, width: 10 });
    expect(size({ size: { height: 7, width: 33 } })).toEqual({ channels: 8, height: 7, width: 33 });
    expect(() => size({})).toThrow('layers[0]: must have either scale or size (found neither)');
    expect(() => size({ scale: 2, size: { height: 7, width: 33 } })).toThrow('must have either scale or size');
    expect(() => size({ scale: 0.05 })).toThrow('must leave at least one row and one column (found 0x0)');
  });

  it('takes one operation for the nearest element and four for the mean of four', () => {
    const operations = (mode: 'nearest' | 'bilinear') =>
      alone({ kind: 'resize', input: 'a', mode, scale: 2 }, [8, 5, 6]).vectorOperations;
    expect(operations('nearest')).toBe(8 * 10 * 12);
    expect(operations('bilinear')).toBe(4 * 8 * 10 * 12);
  });

  it('reads every input when it grows, and of a map that shrinks what its outputs are made of', () => {
    const sizes = fc.record({ inputs: fc.integer({ min: 1, max: 40 }), outputs: fc.integer({ min: 1, max: 80 }) });
    fc.assert(
      fc.property(sizes, fc.constantFrom('nearest', 'bilinear'), ({ inputs, outputs }, mode) => {
        const { nest, shape } = alone({ kind: 'resize', input: 'a', mode, size: { height: outputs, width: 1 } }, [
          1,
          inputs,
          1,
        ]);
        expect(shape.height).toBe(outputs);
        expect(nest.outputRows * nest.outputChannels).toBe(outputs);
        const { outputRows, strideRows, kernelRows, dilationRows, paddingTop, inputRows } = nest;
        const read = touchedAlongAxis(0, outputRows, strideRows, kernelRows, dilationRows, paddingTop, inputRows);
        expect(read).toBe(Math.min(inputs, outputs * (mode === 'bilinear' ? 2 : 1), Math.max(inputs, outputs)));
      }),
      { numRuns: 300 },
    );
  });
});
