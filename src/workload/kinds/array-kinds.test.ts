import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alone } from './alone.test-data.js';

describe('convolution', () => {
  it('of ResNet50’s first layer', () => {
    // (224 + 6 - 7) / 2 + 1 = 112.5, down 112. Weights 64 * 3 * 7 * 7 = 9408; MACs 9408 * 112 * 112 = 118,013,952.
    const layer = alone(
      { kind: 'convolution', input: 'a', outputChannels: 64, kernel: 7, stride: 2, padding: 3 },
      [3, 224, 224],
    );
    expect(layer.shape).toEqual({ channels: 64, height: 112, width: 112 });
    expect(layer.weightElements).toBe(9408);
    expect(layer.macs).toBe(118_013_952);
    expect(layer.nest).toEqual({
      batch: 1,
      groups: 1,
      outputChannels: 64,
      inputChannels: 3,
      outputRows: 112,
      outputColumns: 112,
      kernelRows: 7,
      kernelColumns: 7,
      inputRows: 224,
      inputColumns: 224,
      strideRows: 2,
      strideColumns: 2,
      dilationRows: 1,
      dilationColumns: 1,
      paddingTop: 3,
      paddingLeft: 3,
    });
  });

  it('depthwise: one channel a group', () => {
    // MobileNet: 32 channels, 3x3, 112x112. Weights 32 * 9 = 288; MACs 288 * 112 * 112 = 3,612,672.
    const layer = alone(
      { kind: 'convolution', input: 'a', outputChannels: 32, groups: 32, kernel: 3, padding: 1 },
      [32, 112, 112],
    );
    expect(layer.nest).toMatchObject({ groups: 32, inputChannels: 1, outputChannels: 1 });
    expect(layer.weightElements).toBe(288);
    expect(layer.macs).toBe(3_612_672);
  });

  it('multiplies as often as its loops turn', () => {
    const fields = fc.record({
      channels: fc.integer({ min: 1, max: 3 }),
      filters: fc.integer({ min: 1, max: 3 }),
      groups: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 1, max: 7 }),
      width: fc.integer({ min: 1, max: 7 }),
      kernel: fc.record({ rows: fc.integer({ min: 1, max: 3 }), columns: fc.integer({ min: 1, max: 3 }) }),
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: 2 }),
      padding: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fields, ({ channels, filters, groups, height, width, kernel, stride, dilation, padding }) => {
        const spanRows = dilation * (kernel.rows - 1) + 1;
        const spanColumns = dilation * (kernel.columns - 1) + 1;
        fc.pre(spanRows <= height + 2 * padding && spanColumns <= width + 2 * padding);
        let macs = 0;
        for (let top = -padding; top + spanRows <= height + padding; top += stride) {
          for (let left = -padding; left + spanColumns <= width + padding; left += stride) {
            for (let output = 0; output < groups * filters; output += 1)
              macs += channels * kernel.rows * kernel.columns;
          }
        }
        const [inputChannels, outputChannels] = [groups * channels, groups * filters];
        const layer = alone(
          { kind: 'convolution', input: 'a', outputChannels, groups, kernel, stride, dilation, padding },
          [inputChannels, height, width],
        );
        expect(layer.macs).toBe(macs);
      }),
      { numRuns: 300 },
    );
  });
});

describe('linear', () => {
  it('takes all of a map as features when told to flatten', () => {
    // VGG16's first: 512 * 7 * 7 = 25,088 features to 4096: 102,760,448 weights, as many MACs.
    const layer = alone(
      { kind: 'linear', input: 'a', outputFeatures: 4096, inputFeatures: 25_088, flatten: true },
      [512, 7, 7],
    );
    expect(layer.shape).toEqual({ channels: 4096, height: 1, width: 1 });
    expect(layer.weightElements).toBe(102_760_448);
    expect(layer.macs).toBe(102_760_448);
  });

  it('else works on each position', () => {
    // 128 positions of 768 features to 3072: 2,359,296 weights, 128 times as many MACs.
    const layer = alone({ kind: 'linear', input: 'a', outputFeatures: 3072 }, [768, 128, 1]);
    expect(layer.shape).toEqual({ channels: 3072, height: 128, width: 1 });
    expect(layer.nest).toMatchObject({ outputRows: 128, outputColumns: 1, inputChannels: 768, outputChannels: 3072 });
    expect(layer.weightElements).toBe(2_359_296);
    expect(layer.macs).toBe(301_989_888);
  });
});

describe('matmul', () => {
  it('multiplies queries by keys, each head by itself', () => {
    // 12 heads of 64 channels, 128 queries, 100 keys: 12 * 128 * 100 * 64 MACs, 12 * 100 scores for each query.
    const layer = alone(
      { kind: 'matmul', inputs: ['a', 'b'], groups: 12, transposeSecond: true },
      [768, 128, 1],
      [768, 100, 1],
    );
    expect(layer.shape).toEqual({ channels: 1200, height: 128, width: 1 });
    expect(layer.nest).toMatchObject({
      batch: 1,
      groups: 12,
      inputChannels: 64,
      outputChannels: 100,
      outputRows: 128,
      outputColumns: 1,
    });
    expect(layer.macs).toBe(9_830_400);
    expect(layer.weightElements).toBe(0);
  });

  it('multiplies scores by values back to the channels of the heads', () => {
    const layer = alone({ kind: 'matmul', inputs: ['a', 'b'], groups: 12 }, [1200, 128, 1], [768, 100, 1]);
    expect(layer.shape).toEqual({ channels: 768, height: 128, width: 1 });
    expect(layer.nest).toMatchObject({ groups: 12, inputChannels: 100, outputChannels: 64, outputRows: 128 });
    expect(layer.macs).toBe(9_830_400);
  });
});

describe('matmul of grouped queries', () => {
  it('lets several heads of the first factor share one of the second', () => {
    // Llama-2-70B: 64 query heads and 8 of keys, 128 channels each. 16 queries of 64 heads by 100 keys:
    // 64 * 16 * 100 * 128 MACs; of the keys only 8 * 100 * 128 elements are read.
    const layer = alone(
      { kind: 'matmul', inputs: ['a', 'b'], groups: 64, secondGroups: 8, transposeSecond: true },
      [8192, 16, 1],
      [1024, 100, 1],
    );
    expect(layer.shape).toEqual({ channels: 6400, height: 16, width: 1 });
    expect(layer.macs).toBe(13_107_200);
    const { groups, outputChannels, inputChannels, outputRows } = layer.nest;
    expect(groups * outputChannels * inputChannels).toBe(8 * 100 * 128);
    expect(groups * inputChannels * outputRows).toBe(8192 * 16);
  });

  it('multiplies shared values back to the channels of all heads', () => {
    const layer = alone(
      { kind: 'matmul', inputs: ['a', 'b'], groups: 64, secondGroups: 8 },
      [6400, 16, 1],
      [1024, 100, 1],
    );
    expect(layer.shape).toEqual({ channels: 8192, height: 16, width: 1 });
    expect(layer.macs).toBe(13_107_200);
  });

  it('refuses heads that cannot be shared out', () => {
    const product = {
      kind: 'matmul' as const,
      inputs: ['a', 'b'] as [string, string],
      groups: 4,
      transposeSecond: true,
    };
    expect(() => alone({ ...product, secondGroups: 3 }, [8, 2, 1], [6, 5, 1])).toThrow(
      'layers[0].secondGroups: must divide the 4 groups (found 3)',
    );
    expect(() => alone({ ...product, secondGroups: 2 }, [8, 2, 1], [8, 5, 1])).toThrow(
      'layers[0].inputs[1]: must have 4 channels to be multiplied with "a" (8x2x1) (found "b", 8x5x1)',
    );
  });
});
