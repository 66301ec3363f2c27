import { describe, expect, it } from 'vitest';
import { withBatch } from './batch.js';
import { buildNetwork } from './read-network.js';
import type { LayerJson, NetworkJson } from './schema.js';
import { networkTotals } from './totals.js';

const image = { name: 'image', channels: 3, height: 8, width: 8 };
const stem: LayerJson = { name: 'stem', kind: 'convolution', input: 'image', outputChannels: 16, kernel: 2, stride: 2 };
const sequence = { channels: 16, height: 16, width: 1 };

function network(...layers: LayerJson[]): NetworkJson {
  return { name: 'n', inputs: [image], layers };
}

function view(name: string, input: string, channels: number, height: number, width = 1): LayerJson {
  return { name, kind: 'view', input, output: { channels, height, width } };
}

function slice(name: string, input: string, channels: number, height: number, width = 1): LayerJson {
  return { name, kind: 'view', input, type: 'slice', output: { channels, height, width } };
}

describe('a view', () => {
  it('is no layer: its readers read what it shows, in its shape', () => {
    const built = buildNetwork(
      network(stem, view('tokens', 'stem', 16, 16), { name: 'fc', kind: 'linear', input: 'tokens', outputFeatures: 4 }),
    );
    expect(built.layers.map(({ name, index, inputs }) => [name, index, inputs])).toEqual([
      ['stem', 0, [0]],
      ['fc', 1, [1]],
    ]);
    expect(built.tensors.map(({ name, consumers }) => [name, consumers])).toEqual([
      ['image', [0]],
      ['stem', [1]],
      ['fc', []],
    ]);
    expect(built.layers[1]!.nest).toMatchObject({ inputChannels: 16, outputRows: 16, outputColumns: 1 });
    expect(networkTotals(built).layersByKind).toEqual({ convolution: 1, linear: 1 });
  });

  it('may look at views, at an input, and stand anywhere in the file', () => {
    const built = buildNetwork(
      network(
        { name: 'fc', kind: 'linear', input: 'second', outputFeatures: 4 },
        view('second', 'first', 64, 3),
        view('first', 'image', 3, 64),
      ),
    );
    expect(built.layers).toHaveLength(1);
    expect(built.layers[0]).toMatchObject({ inputs: [0], inputElements: [192] });
  });

  it('of a part is read by its size, also at another batch', () => {
    // Queries, keys and values lie behind one another in 48 channels; each product reads a third for its first factor.
    const built = buildNetwork({
      name: 'n',
      inputs: [{ name: 'x', ...sequence }],
      layers: [
        { name: 'qkv', kind: 'linear', input: 'x', outputFeatures: 48 },
        slice('q', 'qkv', 16, 16),
        slice('k', 'qkv', 16, 16),
        slice('v', 'qkv', 16, 16),
        { name: 'scores', kind: 'matmul', inputs: ['q', 'k'], transposeSecond: true },
        { name: 'mixed', kind: 'matmul', inputs: ['scores', 'v'] },
      ],
    });
    expect(built.layers.map(({ name, inputs }) => [name, inputs])).toEqual([
      ['qkv', [0]],
      ['scores', [1, 1]],
      ['mixed', [2, 1]],
    ]);
    expect(built.layers[1]!.inputElements).toEqual([256, 256]);
    expect(built.tensors[1]!.consumers).toEqual([1, 2]);
    expect(withBatch(built, 3).layers[1]!.inputElements).toEqual([768, 768]);
    expect(withBatch(withBatch(built, 3), 1)).toEqual(built);
  });

  it('shown twice is read once, and no more than there is', () => {
    const built = buildNetwork(
      network(
        slice('half', 'image', 3, 8, 4),
        { name: 'a', kind: 'addition', inputs: ['half', 'half'] },
        slice('otherHalf', 'image', 3, 8, 4),
        { name: 'b', kind: 'addition', inputs: ['half', 'otherHalf'] },
        view('flat', 'image', 192, 1),
        view('alsoFlat', 'image', 192, 1),
        { name: 'c', kind: 'addition', inputs: ['flat', 'alsoFlat'] },
      ),
    );
    expect(built.layers.map(({ inputElements }) => inputElements)).toEqual([
      [96, 0],
      [96, 96],
      [192, 0],
    ]);
  });

  it('that nobody reads is an output of the network: what it shows leaves the chip', () => {
    const built = buildNetwork(network(stem, view('tokens', 'stem', 16, 16), slice('first', 'stem', 16, 1)));
    expect(built.tensors.map(({ name, consumers }) => [name, consumers])).toEqual([
      ['image', [0]],
      ['stem', []],
    ]);
  });
});

describe('what is refused of a view', () => {
  const issuesOf = (spec: NetworkJson) => () => buildNetwork(spec, 'net');

  it('sizes that do not follow', () => {
    expect(issuesOf(network(stem, view('v', 'stem', 16, 15)))).toThrow(
      'net: layers[1].output: must have the 256 elements of "stem" (16x4x4) (found 16x15x1, 240); did you mean "type": "slice"?',
    );
    expect(issuesOf(network(stem, slice('v', 'stem', 16, 17)))).toThrow(
      'net: layers[1].output: must have at most the 256 elements of "stem" (16x4x4) (found 16x17x1)',
    );
  });

  it('an output that is read too, or that is an input', () => {
    expect(
      issuesOf(
        network(stem, view('v', 'stem', 256, 1), { name: 'r', kind: 'activation', input: 'stem', function: 'relu' }),
      ),
    ).toThrow(
      'net: layers[1]: is read by no layer, and "stem" that it shows is read: it cannot be an output too (found "v"); a layer of kind "copy" can',
    );
    expect(issuesOf(network(stem, view('v', 'image', 192, 1)))).toThrow(
      'net: layers[1]: is read by no layer and shows an input of the network (found "v")',
    );
    expect(issuesOf(network(view('v', 'image', 192, 1)))).toThrow('shows an input of the network');
  });

  it('circles and names of nothing', () => {
    expect(issuesOf(network(stem, view('a', 'b', 16, 16), view('b', 'a', 16, 16)))).toThrow(
      'net: layers[1]: waits for its own output: a -> b -> a',
    );
    expect(issuesOf(network(stem, view('a', 'stm', 16, 16)))).toThrow(
      'net: layers[1].input: names neither a layer nor an input of the network (found "stm"); did you mean "stem"?',
    );
  });

  it('a shape that is not stated', () => {
    const unstated = JSON.parse('{ "name": "v", "kind": "view", "input": "stem" }') as LayerJson;
    expect(issuesOf(network(stem, unstated))).toThrow('net: layers[1].output: missing; must be an object');
  });
});
