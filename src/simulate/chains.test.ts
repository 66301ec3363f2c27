import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { assignPrecision } from '../precision/index.js';
import { buildNetwork, nestOperations, type LayerJson } from '../workload/index.js';
import { chainsOf } from './chains.js';

function chainsIn(layers: LayerJson[], height = 8, bits = 8) {
  const network = buildNetwork({ name: 'test', inputs: [{ name: 'x', channels: 4, height, width: 8 }], layers });
  return { network, chains: chainsOf(network, assignPrecision(network, { policy: 'uniform', bits }), machineOf({})) };
}

const convolution = (name: string, input: string, kernel: number, outputChannels = 4): LayerJson => ({
  name,
  kind: 'convolution',
  input,
  outputChannels,
  kernel,
  padding: 'same',
});

describe('chainsOf', () => {
  it('cuts two 3x3 convolutions into stripes that keep two rows for the next one', () => {
    const { chains } = chainsIn([convolution('a', 'x', 3), convolution('b', 'a', 3)]);
    expect(chains.map(({ first, last, stripes }) => [first, last, stripes])).toEqual([
      [0, 1, 2],
      [0, 1, 4],
      [0, 1, 8],
    ]);
    // Four stripes of two rows of b: the first needs rows 0 to 2 of a, each other one two more, and the last the one that
    // is left. From row 1 on, the second needs rows 1 to 4.
    const [, four] = chains;
    expect(four!.firstStripes.map(({ outputRows }) => outputRows)).toEqual([3, 2]);
    expect(four!.laterStripes[0]!.map(({ nest, times }) => [nest.outputRows, nest.inputRows, times])).toEqual([
      [2, 4, 2],
      [1, 2, 1],
    ]);
    expect(four!.laterStripes[1]!.map(({ nest, times }) => [nest.outputRows, nest.inputRows, times])).toEqual([
      [2, 4, 2],
      [2, 3, 1],
    ]);
    // Four rows of 8 columns of 4 channels.
    expect(four!.stripeBytes).toBe(4 * 8 * 4);
  });

  it('computes every row once', () => {
    const pool: LayerJson = { name: 'c', kind: 'pooling', input: 'b', type: 'max', kernel: 3, stride: 2, padding: 1 };
    const { network, chains } = chainsIn([convolution('a', 'x', 5), convolution('b', 'a', 1, 7), pool], 21);
    expect(chains.some(({ first, last }) => first === 0 && last === 2)).toBe(true);
    for (const { first, firstStripes, laterStripes } of chains)
      for (const [at, nest] of firstStripes.entries()) {
        const parts = [{ nest, times: 1 }, ...laterStripes[at]!];
        const operations = parts.reduce((sum, { nest: part, times }) => sum + times * nestOperations(part), 0);
        expect(operations).toBe(nestOperations(network.layers[first + at]!.nest));
      }
  });

  it('goes around a shortcut, but not past a tensor that is read outside', () => {
    // Layers 0 and 1 with the sum are a chain, and 1 with it; the sum is read by both layers after it, so no chain ends
    // behind it unless both are inside.
    const { chains } = chainsIn([
      convolution('a', 'x', 1),
      convolution('b', 'a', 1),
      { name: 'sum', kind: 'addition', inputs: ['b', 'x'] },
      convolution('c', 'sum', 1),
      { name: 'join', kind: 'concatenation', inputs: ['c', 'sum'] },
      convolution('d', 'join', 1),
    ]);
    const pairs = new Set(chains.map(({ first, last }) => `${first}-${last}`));
    expect([...pairs].sort()).toEqual(['0-1', '0-2', '1-2', '1-4', '2-4', '2-5', '3-4', '3-5', '4-5']);
  });

  it('leaves alone what needs all rows at once', () => {
    const { chains } = chainsIn([
      convolution('a', 'x', 1),
      { name: 'pool', kind: 'pooling', input: 'a', type: 'average', kernel: 'global' },
      { name: 'fc', kind: 'linear', input: 'pool', outputFeatures: 10, flatten: true },
    ]);
    expect(chains).toEqual([]);
  });

  it('leaves alone what mixes rows, or makes others than its loops count', () => {
    const between: LayerJson[] = [
      { name: 'n', kind: 'activation', input: 'a', function: 'group-normalization' },
      { name: 'n', kind: 'copy', input: 'a' },
      { name: 'n', kind: 'resize', input: 'a', mode: 'nearest', scale: 2 },
      { name: 'n', kind: 'transposed-convolution', input: 'a', outputChannels: 4, kernel: 2, stride: 2 },
    ];
    for (const layer of between)
      expect(chainsIn([convolution('a', 'x', 1), layer, convolution('b', 'n', 1)]).chains, layer.kind).toEqual([]);
    const plain: LayerJson = { name: 'n', kind: 'activation', input: 'a', function: 'batch-normalization' };
    expect(chainsIn([convolution('a', 'x', 1), plain, convolution('b', 'n', 1)]).chains).not.toEqual([]);
  });

  it('does not look through a view at other rows', () => {
    const turned: LayerJson[] = [
      convolution('a', 'x', 1),
      { name: 'v', kind: 'view', input: 'a', output: { channels: 4, height: 16, width: 4 } },
      convolution('b', 'v', 1),
    ];
    expect(chainsIn(turned).chains).toEqual([]);
  });

  it('keeps the second factor of a product out', () => {
    const network = buildNetwork({
      name: 'attention',
      inputs: [{ name: 'x', channels: 8, height: 16, width: 1 }],
      layers: [
        { name: 'q', kind: 'linear', input: 'x', outputFeatures: 8 },
        { name: 'k', kind: 'linear', input: 'x', outputFeatures: 8 },
        { name: 'scores', kind: 'matmul', inputs: ['q', 'k'], transposeSecond: true },
        { name: 'softmax', kind: 'activation', input: 'scores', function: 'softmax' },
      ],
    });
    const chains = chainsOf(network, assignPrecision(network, { policy: 'uniform', bits: 8 }), machineOf({}));
    const pairs = new Set(chains.map(({ first, last }) => `${first}-${last}`));
    expect([...pairs]).toEqual(['2-3']);
  });
});
