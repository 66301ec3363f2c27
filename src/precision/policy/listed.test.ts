import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../workload/index.js';
import { assignPrecision, storedWeightBits } from '../index.js';
import type { ListedChoice, Precision } from '../index.js';
import type { LayerSelection } from '../select/index.js';
import type { StatedBits } from '../stated.js';

/** image -> stem -> pool -> body -> add with pool -> gap -> head */
const network = buildNetwork({
  name: 'residual',
  inputs: [{ name: 'image', channels: 3, height: 8, width: 8 }],
  layers: [
    { name: 'stem', kind: 'convolution', input: 'image', outputChannels: 4, kernel: 3, padding: 1 },
    { name: 'pool', kind: 'pooling', input: 'stem', type: 'max', kernel: 2, stride: 2 },
    { name: 'body', kind: 'convolution', input: 'pool', outputChannels: 4, kernel: 3, padding: 1 },
    { name: 'add', kind: 'addition', inputs: ['body', 'pool'] },
    { name: 'gap', kind: 'pooling', input: 'add', type: 'average', kernel: 'global' },
    { name: 'head', kind: 'linear', input: 'gap', outputFeatures: 10 },
  ],
});

type Row = readonly [LayerSelection | string, StatedBits];

function list(rows: readonly Row[], more: Partial<ListedChoice> = {}): ListedChoice {
  const entries = rows.map(([select, bits]) => {
    const key = typeof select === 'string' ? select : select.by;
    return {
      key,
      path: key,
      select: typeof select === 'string' ? { by: 'name' as const, name: select } : select,
      bits,
    };
  });
  return { policy: 'listed', source: 'list', entries, ...more };
}

/** Bits of what each layer reads. */
function read({ layers }: Precision): Record<string, number> {
  return Object.fromEntries(network.layers.map((layer, index) => [layer.name, layers[index]!.activationBits]));
}

const both = (weightBits: number, activationBits: number): StatedBits => ({ weightBits, activationBits });
const convolutions: readonly Row[] = [
  ['stem', both(8, 8)],
  ['body', both(2, 4)],
  ['head', both(8, 6)],
];

describe('a list of layers', () => {
  it('leaves layers of the vector unit to pass on what their readers want', () => {
    const precision = assignPrecision(network, list(convolutions));
    // The pool is read by the body at 4 and by the addition, which feeds the gap and the head, at 6.
    expect(read(precision)).toEqual({ stem: 8, pool: 6, body: 4, add: 6, gap: 6, head: 6 });
    expect(precision).toMatchObject({ bits: null, edgeBits: null });
    // Stored at what readers want: the image at 8; the head's own output at what it computes with.
    expect(precision.tensorBits).toEqual([8, 6, 6, 6, 6, 6, 6]);
  });

  it('gives what stands behind the last MAC layer the width that is made there', () => {
    const ending = buildNetwork({
      name: 'ending',
      inputs: [{ name: 'x', channels: 4, height: 1, width: 1 }],
      layers: [
        { name: 'fc', kind: 'linear', input: 'x', outputFeatures: 4 },
        { name: 'softmax', kind: 'activation', input: 'fc', function: 'softmax' },
      ],
    });
    expect(assignPrecision(ending, list([['fc', both(4, 5)]])).layers[1]!.activationBits).toBe(5);
  });

  it('takes of each field the last entry that states it', () => {
    const precision = assignPrecision(
      network,
      list([
        [{ by: 'wildcard', pattern: '*' }, both(4, 4)],
        [{ by: 'kind', kinds: ['convolution'] }, { weightBits: 3 }],
        ['body', { activationBits: 7, accumulatorBits: 16 }],
      ]),
    );
    const [stem, , body, add] = precision.layers;
    expect(stem).toMatchObject({ weightBits: 3, activationBits: 4, accumulatorBits: 32 });
    expect(body).toMatchObject({ weightBits: 3, activationBits: 7, accumulatorBits: 16 });
    expect(add).toMatchObject({ weightBits: 4, activationBits: 4 });
  });

  it('lets a layer compute at the width at which its inputs are stated to be stored', () => {
    const weights: Row = [{ by: 'wildcard', pattern: '*' }, { weightBits: 4 }];
    const stored = (tensor: string, outputBits: number): Row => [{ by: 'tensor', tensor }, { outputBits }];
    const precision = assignPrecision(
      network,
      list([weights, stored('image', 8), stored('stem', 6), stored('pool', 5), stored('body', 12), stored('gap', 3)]),
    );
    // The addition reads the body at 12 and the pool at 5; the gap passes on what the head reads, 3.
    expect(read(precision)).toEqual({ stem: 8, pool: 6, body: 5, add: 12, gap: 3, head: 3 });
    expect(precision.tensorBits).toEqual([8, 6, 5, 12, 3, 3, 3]);
  });

  it('stores the scales of groups with the weights', () => {
    const grouped = { ...both(4, 8), weightGroupSize: 128 };
    const precision = assignPrecision(
      network,
      list([
        [{ by: 'wildcard', pattern: '*' }, grouped],
        ['head', { weightScaleBits: 8 }],
      ]),
    );
    // 4 + 16 / 128 where the scale is not stated, and 4 + 8 / 128.
    expect(storedWeightBits(precision.layers[0]!)).toBe(4.125);
    expect(storedWeightBits(precision.layers[5]!)).toBe(4.0625);
    expect(precision.layers[1]).not.toHaveProperty('weightGroupSize');
  });

  it('is refused for entries that meet nothing, with the nearest name', () => {
    const rows: Row[] = [...convolutions, ['headd', both(4, 4)], [{ by: 'wildcard', pattern: 'layer*' }, both(4, 4)]];
    expect(() => assignPrecision(network, list(rows))).toThrow(
      /^list: headd: residual has no such layer; did you mean head\?\nlist: wildcard: fits no layer of residual/,
    );
  });

  it('is refused for layers that no entry meets, all named', () => {
    expect(() =>
      assignPrecision(
        network,
        list([
          ['stem', both(8, 8)],
          ['head', { activationBits: 4 }],
        ]),
      ),
    ).toThrow(
      'list: no entry gives weightBits of 2 layers: body, head\nlist: no entry gives activationBits of a layer: body',
    );
    expect(() => assignPrecision(network, list([]))).toThrow('activationBits of 6 layers: stem, pool, body');
  });

  it('is refused for a network it is not for', () => {
    expect(() => assignPrecision(network, list(convolutions, { workloads: ['resnet18', 'resnet34'] }))).toThrow(
      'list: is a list for resnet18 or resnet34, not for residual; where layers have other names',
    );
    expect(assignPrecision(network, list(convolutions, { workloads: ['other', 'residual'] })).bits).toBeNull();
  });

  it('is refused for what is no width, also where a program made it', () => {
    expect(() => assignPrecision(network, list([['stem', both(17, 2.5)]]))).toThrow(
      'list: stem.weightBits: must be an integer from 1 to 16, or 32 (bits) (found 17)\nlist: stem.activationBits: must',
    );
    const choice = { policy: 'per-layer', source: 'made', default: both(4, 64), layers: {} } as const;
    // @ts-expect-error: the default may not leave out what its type asks for
    expect(() => assignPrecision(network, choice)).toThrow('made: default.activationBits: must be an integer');
    expect(() => assignPrecision(network, list([['stem', { weightGroupSize: 0 }]]))).toThrow(
      'stem.weightGroupSize: must',
    );
  });

  it('may name weights only where there are some, unless it means many layers', () => {
    expect(() => assignPrecision(network, list([...convolutions, ['add', both(4, 4)]]))).toThrow(
      'list: add.weightBits: must be left out: a layer of kind addition has no weights',
    );
  });

  it('says with every result what it decided, and how wide a cache is', () => {
    const precision = assignPrecision(network, list(convolutions, { notes: ['a note'], kvCacheBits: 8 }));
    expect(precision).toMatchObject({ notes: ['a note'], kvCacheBits: 8 });
  });

  it('tells of the layer whose expression cannot be tried', () => {
    const rows: Row[] = [[{ by: 'expression', expression: '(' }, both(4, 4)]];
    expect(() => assignPrecision(network, list(rows))).toThrow('list: expression: opens a group that is never closed');
  });
});
