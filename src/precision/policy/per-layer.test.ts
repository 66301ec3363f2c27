import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../workload/index.js';
import { assignPrecision, precisionJsonSchema, readPrecision } from '../index.js';

/** Two projections of x are multiplied as in attention, and the product projected. */
const attention = buildNetwork({
  name: 'attention',
  inputs: [{ name: 'x', channels: 8, height: 4, width: 1 }],
  layers: [
    { name: 'query', kind: 'linear', input: 'x', outputFeatures: 8 },
    { name: 'key', kind: 'linear', input: 'x', outputFeatures: 8 },
    { name: 'scores', kind: 'matmul', inputs: ['query', 'key'], transposeSecond: true },
    { name: 'out', kind: 'linear', input: 'scores', outputFeatures: 8 },
  ],
});

const assign = (file: object) => assignPrecision(attention, readPrecision(JSON.stringify(file), 'bits.json'));

const fourByEight = { weightBits: 4, activationBits: 8 };

describe('a precision file', () => {
  it('gives the default to every layer, and has no nominal width', () => {
    const precision = assign({ default: fourByEight });
    expect(precision).toMatchObject({ bits: null, edgeBits: null, tensorBits: [8, 8, 8, 8, 8] });
    expect(precision.layers[0]).toEqual({ weightBits: 4, activationBits: 8, outputBits: 8, accumulatorBits: 32 });
  });

  it('gives a named layer what its entry says and the default for the rest', () => {
    const precision = assign({
      default: { ...fourByEight, accumulatorBits: 16 },
      layers: { out: { weightBits: 2, accumulatorBits: 32 }, key: { activationBits: 16 } },
    });
    expect(precision.layers[3]).toEqual({ weightBits: 2, activationBits: 8, outputBits: 8, accumulatorBits: 32 });
    expect(precision.layers[1]).toMatchObject({ weightBits: 4, activationBits: 16, accumulatorBits: 16 });
    // x is read at 8 bits by the query and at 16 by the key.
    expect(precision.tensorBits).toEqual([16, 8, 8, 8, 8]);
  });

  it('reads both factors of a product of activations at the width of the activations', () => {
    const precision = assign({ default: fourByEight, layers: { scores: { activationBits: 6 } } });
    expect(precision.layers[2]).toMatchObject({ weightBits: 6, activationBits: 6 });
  });

  it('stores a tensor at the width it states, whatever its readers want', () => {
    const stated = assign({ default: fourByEight, layers: { query: { outputBits: 16 }, out: { outputBits: 4 } } });
    expect(stated.tensorBits).toEqual([8, 16, 8, 8, 4]);
    expect(stated.layers.map((layer) => layer.outputBits)).toEqual([16, 8, 8, 4]);
    expect(assign({ default: { ...fourByEight, outputBits: 5 } }).tensorBits).toEqual([8, 5, 5, 5, 5]);
  });

  it('may not name a layer the network does not have', () => {
    const layers = { kee: { weightBits: 4 }, projection: { weightBits: 4 } };
    expect(() => assign({ default: fourByEight, layers })).toThrow(
      'bits.json: layers.kee: attention has no such layer; did you mean key?\n' +
        'bits.json: layers.projection: attention has no such layer',
    );
  });

  it('may not give weights to a layer without any', () => {
    expect(() => assign({ default: fourByEight, layers: { scores: { weightBits: 4 } } })).toThrow(
      'bits.json: layers.scores.weightBits: must be left out: a layer of kind matmul has no weights',
    );
  });

  it('takes a layer of any name, that of a prototype too', () => {
    const odd = buildNetwork({
      name: 'odd',
      inputs: [{ name: 'x', channels: 8, height: 1, width: 1 }],
      layers: [
        { name: '__proto__', kind: 'linear', input: 'x', outputFeatures: 8 },
        { name: 'constructor', kind: 'linear', input: '__proto__', outputFeatures: 8 },
      ],
    });
    const text =
      '{ "default": { "weightBits": 4, "activationBits": 8 }, "layers": { "__proto__": { "weightBits": 2 } } }';
    const { layers } = assignPrecision(odd, readPrecision(text, 'bits.json'));
    expect(layers.map((layer) => layer.weightBits)).toEqual([2, 4]);
    expect(() => assignPrecision(attention, readPrecision(text, 'bits.json'))).toThrow(
      'bits.json: layers.__proto__: attention has no such layer',
    );
    expect(() => readPrecision(text.replace('2', '99'), 'bits.json')).toThrow(
      /bits\.json:1:\d+: layers\.__proto__\.weightBits: must be an integer/,
    );
  });

  it.each([
    ['no default', {}, 'default: missing'],
    ['a default without activations', { default: { weightBits: 4 } }, 'default.activationBits: missing'],
    ['a width nobody has', { default: { ...fourByEight, weightBits: 20 } }, 'default.weightBits: must be an integer'],
    ['a misspelt field', { default: { ...fourByEight, weightBit: 4 } }, 'default.weightBit: unknown field'],
    ['a width in words', { default: fourByEight, layers: { out: { weightBits: '4' } } }, 'layers.out.weightBits: must'],
  ])('is refused with %s', (_, file, message) => {
    expect(() => assign(file)).toThrow(message);
  });
});

describe('precisionJsonSchema', () => {
  it('refuses unknown fields and lists the widths', () => {
    const schema = precisionJsonSchema();
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false, required: ['default'] });
    expect(JSON.stringify(schema)).toContain('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,32]');
  });
});
