import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../workload/index.js';
import { readSensitivity, sensitivityOf, writeSensitivity } from './sensitivity.js';

const network = buildNetwork(
  {
    name: 'two',
    inputs: [{ name: 'x', channels: 4, height: 1, width: 1 }],
    layers: [
      { name: 'first', kind: 'linear', input: 'x', outputFeatures: 4 },
      { name: 'act', kind: 'activation', input: 'first', function: 'sigmoid' },
      { name: 'last', kind: 'linear', input: 'act', outputFeatures: 2 },
    ],
  },
  'two',
);

const text = (layers: object): string => JSON.stringify({ measure: 'loss', layers });

describe('a sensitivity file', () => {
  const table = readSensitivity(text({ last: { 2: 0.5, 8: 0.01, 4: 0.1 }, first: { 8: 0, 4: 1 } }), 's.json');

  it('gives each layer its losses, widest first, in the order of the network', () => {
    const losses = sensitivityOf(network, table, 's.json').map((one) => one && [...one]);
    expect(losses).toEqual([
      [
        [8, 0],
        [4, 1],
      ],
      undefined,
      [
        [8, 0.01],
        [4, 0.1],
        [2, 0.5],
      ],
    ]);
  });

  it('is read back as it was written', () => {
    expect(readSensitivity(writeSensitivity({ ...table, workload: 'two', source: 'me' }), 's.json')).toEqual({
      ...table,
      workload: 'two',
      source: 'me',
    });
  });

  it.each([
    ['a width that is none', text({ first: { 17: 1 } }), /layers\.first\.17: a width must be an integer from 1 to 16/],
    ['a width in words', text({ first: { four: 1 } }), /layers\.first\.four: a width must be/],
    ['a loss below 0', text({ first: { 4: -1 } }), /layers\.first\.4: .*-1/],
    ['no width', text({ first: {} }), /layers\.first: must give a loss for at least one width/],
    ['no measure', JSON.stringify({ layers: {} }), /measure: missing/],
  ])('refuses %s', (_, source, complaint) => {
    expect(() => readSensitivity(source, 's.json')).toThrow(complaint);
  });

  it('must name the layers that the network has, and all with weights', () => {
    const other = readSensitivity(text({ first: { 8: 0 }, lst: { 8: 0 } }), 's.json');
    expect(() => sensitivityOf(network, other, 's.json')).toThrow(
      /layers\.lst: two has no such layer; did you mean last\?[\s\S]*layers\.last: missing: each layer with weights/,
    );
  });
});
