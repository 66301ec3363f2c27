import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerJson, Network } from '../workload/index.js';
import { buildNetwork } from '../workload/index.js';
import type { PolicyChoice, Precision } from './index.js';
import { BITS_ALLOWED, assignPrecision, policies } from './index.js';

/**
 * A residual network in small: stem -> pool -> (body -> add with pool) -> gap -> head. Tensors are named after the
 * layers that make them; the image has no producer.
 */
const residual = buildNetwork({
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

function alone(layer: LayerJson): Network {
  return buildNetwork({ name: 'alone', inputs: [{ name: 'x', channels: 4, height: 1, width: 1 }], layers: [layer] });
}

/** Stored width by tensor name. */
function stored(network: Network, { tensorBits }: Precision): Record<string, number> {
  return Object.fromEntries(network.tensors.map((tensor, index) => [tensor.name, tensorBits[index]!]));
}

/** Width at which each layer computes, by layer name. */
function computed(network: Network, { layers }: Precision): Record<string, number> {
  return Object.fromEntries(network.layers.map((layer, index) => [layer.name, layers[index]!.activationBits]));
}

describe('uniform', () => {
  it('gives everything one width', () => {
    const precision = assignPrecision(residual, { policy: 'uniform', bits: 4 });
    expect(precision).toMatchObject({ bits: 4, edgeBits: null });
    expect(new Set(precision.tensorBits)).toEqual(new Set([4]));
    for (const layer of precision.layers) {
      expect(layer).toEqual({ weightBits: 4, activationBits: 4, outputBits: 4, accumulatorBits: 32 });
    }
  });

  it('keeps partial sums at the width it is told', () => {
    const precision = assignPrecision(residual, { policy: 'uniform', bits: 4, accumulatorBits: 16 });
    for (const layer of precision.layers) expect(layer.accumulatorBits).toBe(16);
  });
});

describe('edges', () => {
  it('keeps 8 bits in the first and last MAC layer, and stores a tensor as wide as its widest reader wants', () => {
    const precision = assignPrecision(residual, { policy: 'edges', bits: 2 });
    expect(precision).toMatchObject({ bits: 2, edgeBits: 8 });
    expect(computed(residual, precision)).toEqual({ stem: 8, pool: 2, body: 2, add: 2, gap: 2, head: 8 });
    // The stem's output is read by the pooling at 2 bits; the head reads what the global pooling made at 8 bits, and
    // its own output, which nobody reads, has the width it computes with.
    expect(stored(residual, precision)).toEqual({ image: 8, stem: 2, pool: 2, body: 2, add: 2, gap: 8, head: 8 });
    const weightBits = residual.layers.map((layer) => precision.layers[layer.index]!.weightBits);
    expect(weightBits).toEqual([8, 2, 2, 2, 2, 8]);
  });

  it.each([8, 16, 32])('makes no exception at %i bits', (bits) => {
    const precision = assignPrecision(residual, { policy: 'edges', bits });
    expect(precision).toEqual(assignPrecision(residual, { policy: 'uniform', bits }));
  });

  it('makes none where told "same", and another where told another width', () => {
    expect(assignPrecision(residual, { policy: 'edges', bits: 2, edgeBits: 'same' })).toEqual(
      assignPrecision(residual, { policy: 'uniform', bits: 2 }),
    );
    const wide = assignPrecision(residual, { policy: 'edges', bits: 2, edgeBits: 16 });
    expect(wide.edgeBits).toBe(16);
    expect(computed(residual, wide)).toMatchObject({ stem: 16, body: 2, head: 16 });
    // It only ever widens.
    expect(assignPrecision(residual, { policy: 'edges', bits: 8, edgeBits: 4 })).toEqual(
      assignPrecision(residual, { policy: 'uniform', bits: 8 }),
    );
  });

  it('stores a tensor that an edge layer shares with a narrow one at the width of the edge layer', () => {
    // Both convolutions read the image; only the first is an edge (the last is the linear layer).
    const fork = buildNetwork({
      name: 'fork',
      inputs: [{ name: 'image', channels: 3, height: 4, width: 4 }],
      layers: [
        { name: 'left', kind: 'convolution', input: 'image', outputChannels: 4, kernel: 1 },
        { name: 'right', kind: 'convolution', input: 'image', outputChannels: 4, kernel: 1 },
        { name: 'add', kind: 'addition', inputs: ['left', 'right'] },
        { name: 'head', kind: 'linear', input: 'add', outputFeatures: 2, flatten: true },
      ],
    });
    const precision = assignPrecision(fork, { policy: 'edges', bits: 4 });
    expect(stored(fork, precision)).toEqual({ image: 8, left: 4, right: 4, add: 8, head: 8 });
    expect(computed(fork, precision)).toMatchObject({ left: 8, right: 4 });
  });

  it('makes its exception once in a network with one MAC layer, and nowhere without any', () => {
    const linear = alone({ name: 'fc', kind: 'linear', input: 'x', outputFeatures: 2 });
    expect(assignPrecision(linear, { policy: 'edges', bits: 4 }).layers[0]!.activationBits).toBe(8);
    const addition = alone({ name: 'twice', kind: 'addition', inputs: ['x', 'x'] });
    expect(assignPrecision(addition, { policy: 'edges', bits: 4 }).layers[0]!.activationBits).toBe(4);
  });
});

describe('every policy', () => {
  const width = fc.constantFrom(...BITS_ALLOWED);
  const choicesAt: readonly ((bits: number, edgeBits: number) => PolicyChoice)[] = [
    (bits) => ({ policy: 'uniform', bits }),
    (bits, edgeBits) => ({ policy: 'edges', bits, edgeBits }),
    (bits) => ({ policy: 'edges', bits, edgeBits: 'same' }),
    (bits, head) => ({
      policy: 'per-layer',
      source: 'test',
      default: { weightBits: bits, activationBits: bits },
      layers: { head: { activationBits: head } },
    }),
    (bits, edgeBits) => ({ policy: 'shortcuts', bits, edgeBits, shortcutBits: edgeBits }),
    (bits, head) => ({
      policy: 'listed',
      source: 'test',
      entries: [
        {
          key: '*',
          path: '*',
          select: { by: 'wildcard', pattern: '*' },
          bits: { weightBits: bits, activationBits: bits },
        },
        { key: 'head', path: 'head', select: { by: 'name', name: 'head' }, bits: { activationBits: head } },
      ],
    }),
  ];

  it('never stores a tensor wider for fewer bits', () => {
    fc.assert(
      fc.property(fc.constantFrom(...choicesAt), width, width, width, width, (choiceAt, b1, b2, e1, e2) => {
        const narrow = assignPrecision(residual, choiceAt(Math.min(b1, b2), Math.min(e1, e2)));
        const wide = assignPrecision(residual, choiceAt(Math.max(b1, b2), Math.max(e1, e2)));
        for (const [index, bits] of narrow.tensorBits.entries()) {
          expect(bits).toBeLessThanOrEqual(wide.tensorBits[index]!);
        }
      }),
    );
  });

  it('stores every tensor at the width of one of its readers, none wider, and its producer writes that', () => {
    fc.assert(
      fc.property(fc.constantFrom(...choicesAt), width, width, (choiceAt, bits, edgeBits) => {
        const precision = assignPrecision(residual, choiceAt(bits, edgeBits));
        for (const [index, tensor] of residual.tensors.entries()) {
          const wanted = tensor.consumers.map((reader) => precision.layers[reader]!.activationBits);
          if (wanted.length > 0) expect(precision.tensorBits[index]).toBe(Math.max(...wanted));
          const producer = precision.layers[tensor.producer];
          if (producer !== undefined) expect(producer.outputBits).toBe(precision.tensorBits[index]);
        }
      }),
    );
  });

  it('is tried here', () => {
    expect(new Set(choicesAt.map((choiceAt) => choiceAt(4, 8).policy))).toEqual(new Set(Object.keys(policies)));
  });

  it.each<[PolicyChoice, string]>([
    [{ policy: 'uniform', bits: 0 }, 'precision: bits: must be'],
    [{ policy: 'uniform', bits: 4, accumulatorBits: 24 }, 'precision: accumulatorBits: must be'],
    [{ policy: 'edges', bits: 17 }, 'precision: bits: must be'],
    [{ policy: 'edges', bits: 4, edgeBits: 2.5 }, 'precision: edgeBits: must be'],
    [{ policy: 'shortcuts', bits: 4, shortcutBits: 17 }, 'precision: shortcutBits: must be'],
  ])('refuses what is no width: %j', (choice, message) => {
    expect(() => assignPrecision(residual, choice)).toThrow(message);
  });
});

describe('accumulators', () => {
  it('are refused where sums would be kept narrower than they are stored, once for all layers', () => {
    expect(() => assignPrecision(residual, { policy: 'uniform', bits: 16, accumulatorBits: 8 })).toThrow(
      /^precision: layers\.stem\.accumulatorBits: must be at least the 16 bits at which the output is stored \(found 8\); the same is so of 5 more of 6 layers$/,
    );
  });

  it('may be exactly as wide as what is stored', () => {
    expect(assignPrecision(residual, { policy: 'uniform', bits: 16, accumulatorBits: 16 }).bits).toBe(16);
  });
});

describe('the key-value cache', () => {
  /** One decode step: the keys of earlier steps come in, the new ones go out. */
  const step = buildNetwork({
    name: 'step',
    inputs: [
      { name: 'q', channels: 4, height: 1, width: 1 },
      { name: 'keys', channels: 4, height: 9, width: 1, role: 'cache' },
    ],
    layers: [
      { name: 'scores', kind: 'matmul', inputs: ['q', 'keys'], transposeSecond: true },
      { name: 'k', kind: 'linear', input: 'q', outputFeatures: 4 },
      { name: 'keep', kind: 'copy', input: 'k', role: 'cache' },
    ],
  });

  it('is stored as any other tensor, unless it has a width of its own', () => {
    expect(stored(step, assignPrecision(step, { policy: 'uniform', bits: 8 }))).toEqual({
      q: 8,
      keys: 8,
      scores: 8,
      k: 8,
      keep: 8,
    });
    expect(stored(step, assignPrecision(step, { policy: 'uniform', bits: 8, kvCacheBits: 2 }))).toEqual({
      q: 8,
      keys: 2,
      scores: 8,
      k: 8,
      keep: 2,
    });
  });

  it('leaves the bits at which layers compute as they are', () => {
    const precision = assignPrecision(step, { policy: 'uniform', bits: 8, kvCacheBits: 2 });
    expect(computed(step, precision)).toEqual({ scores: 8, k: 8, keep: 8 });
  });

  it('has a legal width, no wider than the sums it is made of', () => {
    expect(() => assignPrecision(step, { policy: 'uniform', bits: 8, kvCacheBits: 17 })).toThrow(
      'precision: kvCacheBits: must be an integer from 1 to 16, or 32 (bits) (found 17)',
    );
    expect(() => assignPrecision(step, { policy: 'uniform', bits: 8, accumulatorBits: 16, kvCacheBits: 32 })).toThrow(
      'precision: layers.keep.accumulatorBits: must be at least the 32 bits at which the output is stored',
    );
  });
});
