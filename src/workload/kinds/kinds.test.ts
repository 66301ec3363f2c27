import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../read-network.js';
import type { Layer, TensorShape } from '../network.js';
import type { LayerJson } from '../schema.js';

type Unnamed<L> = L extends unknown ? Omit<L, 'name'> : never;

/** A layer `y` by itself on inputs of these shapes, `a`, `b`, ..., with the shape it makes. */
function alone(
  layer: Unnamed<LayerJson>,
  ...shapes: readonly (readonly [number, number, number])[]
): Layer & { output: number; shape: TensorShape } {
  const inputs = shapes.map(([channels, height, width], index) => ({
    name: 'abcd'.charAt(index),
    channels,
    height,
    width,
  }));
  const network = buildNetwork({ name: 'n', inputs, layers: [{ name: 'y', ...layer }] });
  return { ...network.layers[0]!, shape: network.tensors[shapes.length]!.shape };
}

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

describe('pooling', () => {
  it('visits every element of every window', () => {
    // ResNet50: 3x3 at stride 2 with padding 1 over 112: (112 + 2 - 3) / 2 + 1 = 56.5, down 56. 64 * 56 * 56 * 9.
    const layer = alone({ kind: 'pooling', input: 'a', type: 'max', kernel: 3, stride: 2, padding: 1 }, [64, 112, 112]);
    expect(layer.shape).toEqual({ channels: 64, height: 56, width: 56 });
    expect(layer.vectorOperations).toBe(1_806_336);
    expect(layer.macs).toBe(0);
  });

  it('takes the whole map at once when global', () => {
    const layer = alone({ kind: 'pooling', input: 'a', type: 'average', kernel: 'global' }, [2048, 7, 5]);
    expect(layer.shape).toEqual({ channels: 2048, height: 1, width: 1 });
    expect(layer.nest).toMatchObject({
      groups: 2048,
      inputChannels: 1,
      outputChannels: 1,
      kernelRows: 7,
      kernelColumns: 5,
    });
    expect(layer.vectorOperations).toBe(71_680); // 2048 * 35
  });
});

describe('elementwise layers', () => {
  it('adds one time fewer than there are inputs', () => {
    const layer = alone({ kind: 'addition', inputs: ['a', 'b', 'c'] }, [4, 3, 2], [4, 3, 2], [4, 3, 2]);
    expect(layer.shape).toEqual({ channels: 4, height: 3, width: 2 });
    expect(layer.vectorOperations).toBe(48); // 24 elements, two additions each
    expect(layer.nest).toMatchObject({
      groups: 4,
      inputChannels: 1,
      outputChannels: 1,
      outputRows: 3,
      outputColumns: 2,
    });
  });

  it('puts channels behind one another', () => {
    const layer = alone({ kind: 'concatenation', inputs: ['a', 'b', 'c'] }, [64, 5, 5], [96, 5, 5], [32, 5, 5]);
    expect(layer.shape).toEqual({ channels: 192, height: 5, width: 5 });
    expect(layer.vectorOperations).toBe(4800); // 192 * 25
  });

  it('applies a non-linearity to each element', () => {
    const layer = alone({ kind: 'activation', input: 'a', function: 'relu' }, [4, 3, 2]);
    expect(layer.shape).toEqual({ channels: 4, height: 3, width: 2 });
    expect(layer.vectorOperations).toBe(24);
  });

  it('marks a non-linearity that rides along', () => {
    const sum = { kind: 'addition' as const, inputs: ['a', 'b'] };
    expect(alone({ ...sum, activation: 'relu' }, [4, 3, 2], [4, 3, 2]).activation).toBe('fused');
    expect(alone({ ...sum, activation: 'none' }, [4, 3, 2], [4, 3, 2]).activation).toBe('none');
    expect(alone(sum, [4, 3, 2], [4, 3, 2]).activation).toBe('none');
  });
});
