import { describe, expect, it } from 'vitest';
import { unit } from './formats/samples.test-data.js';
import { assignPrecision, importPrecision, readLayerNames, readPrecision, renameLayers } from './index.js';

const list = [
  '# workload: theirs',
  'layer,weightBits,activationBits',
  'stem,8,8',
  'block?,4,4',
  'head,8,8',
  'aux,2,2',
  'layer1.*,4,4',
].join('\n');

const names = (layers: object): ReturnType<typeof readLayerNames> =>
  readLayerNames(JSON.stringify({ layers }), 'names.json');

describe('a map of names', () => {
  const choice = importPrecision(list, 'list.csv').choice;

  it('says what the layers of a list are called here, and which are not here', () => {
    const renamed = renameLayers(choice, names({ stem: 'conv1', head: 'fc', aux: null, 'block?': null }));
    const { layers } = assignPrecision(unit, renamed);
    expect(layers.map((layer) => layer.weightBits).slice(0, 2)).toEqual([8, 4]);
    expect(layers.at(-1)!.weightBits).toBe(8);
  });

  it('serves a file of the project as well', () => {
    const file = { default: { weightBits: 8, activationBits: 8 }, layers: { head: { weightBits: 2 } } };
    const renamed = renameLayers(readPrecision(JSON.stringify(file), 'own.json'), names({ head: 'fc' }));
    expect(assignPrecision(unit, renamed).layers.at(-1)!.weightBits).toBe(2);
  });

  it('serves tensors', () => {
    const text = JSON.stringify({ activation_encodings: { '191': [{ bitwidth: 5 }] }, param_encodings: {} });
    const renamed = renameLayers(importPrecision(text, 'x.encodings').choice, names({ '191': 'conv1' }));
    expect(renamed.entries[0]!.select).toEqual({ by: 'tensor', tensor: 'conv1' });
  });

  it('is refused for names that the list has not, and layers that the network has not', () => {
    expect(() => renameLayers(choice, names({ stemm: 'conv1' }))).toThrow(
      'names.json: layers.stemm: list.csv names no such layer; did you mean stem?',
    );
    const wrong = renameLayers(choice, names({ stem: 'conv', head: 'fc', aux: null, 'block?': null }));
    expect(() => assignPrecision(unit, wrong)).toThrow(
      'list.csv:3:1: stem: unit has no such layer; did you mean conv1?',
    );
  });

  it.each([
    ['no layers', '{}', 'layers: missing'],
    ['a number for a name', '{"layers": {"a": 1}}', 'layers.a: must be'],
    ['another field', '{"layers": {}, "names": {}}', 'names: unknown field'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readLayerNames(text, 'names.json')).toThrow(message);
  });
});
