import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AccelsimError } from '../errors.js';
import { readDocument, readJson, readValue } from './read.js';

const size = z.int().min(1).max(1000);
const machine = z.strictObject({
  name: z.string().min(1),
  clockGHz: z.number().positive(),
  scratchpad: z.strictObject({ capacityKiB: z.number().min(1), bandwidthGBps: z.number().positive().optional() }),
  dataflow: z.enum(['weight-stationary', 'output-stationary']).default('weight-stationary'),
  layers: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('convolution'),
          padding: z.union([
            z.int().min(0),
            z.literal('same'),
            z.strictObject({ rows: size, columns: size }),
            z.strictObject({ top: size, bottom: size, left: size, right: size }),
          ]),
        }),
        z.strictObject({ kind: z.literal('pooling'), type: z.enum(['max', 'average']) }),
      ]),
    )
    .min(1),
  byWidth: z.partialRecord(z.enum(['4', '8']), z.number()).optional(),
});

const good = { name: 'm', clockGHz: 1, scratchpad: { capacityKiB: 64 }, layers: [{ kind: 'pooling', type: 'max' }] };

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof AccelsimError) return error.message;
    throw error;
  }
  throw new Error('no complaint');
}

/** Messages about a layer list inside an otherwise good value. */
function layersMessage(...layers: unknown[]): string {
  return messageOf(() => readValue({ ...good, layers }, 'v', machine));
}

function paddingMessage(padding: unknown): string {
  return layersMessage({ kind: 'convolution', padding });
}

describe('readJson', () => {
  it('gives the value with its defaults', () => {
    expect(readJson(JSON.stringify(good), 'm.json', machine)).toEqual({ ...good, dataflow: 'weight-stationary' });
  });

  it('passes over a byte-order mark without moving columns', () => {
    expect(readJson('\uFEFF[1]', 'x.json', z.array(z.number()))).toEqual([1]);
    expect(messageOf(() => readJson('\uFEFF["a"]', 'x.json', z.array(z.number())))).toBe(
      'x.json:1:2: [0]: must be a number (found "a")',
    );
  });

  it('gives the place of a syntax error, whatever ends the lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(messageOf(() => readJson(`{${end}  "a": NaN${end}}`, 'x.json', machine))).toMatch(
        /^x\.json:2:8: NaN is not/,
      );
    }
  });

  it('reports every issue at once, in the order of the text, each with its place', () => {
    const text = `{
  "name": "",
  "name": "m",
  "clockMHz": 800,
  "scratchpad": { "capacityKib": 64, "bandwidthGBps": 1e999 },
  "layers": [{ "kind": "pooling" }]
}`;
    expect(messageOf(() => readJson(text, 'm.json', machine)).split('\n')).toEqual([
      'm.json:3:3: name: given twice, first in line 2',
      'm.json:4:3: clockMHz: unknown field; did you mean clockGHz? (the unit is part of the name)',
      'm.json:5:19: scratchpad.capacityKib: unknown field; did you mean capacityKiB?',
      'm.json:5:55: scratchpad.bandwidthGBps: is larger than a number can be (found 1e999)',
      'm.json:6:14: layers[0].type: missing; must be "max" or "average"',
    ]);
  });

  it('goes on to check the last of the values given under one name', () => {
    const text = '[{ "rows": 1, "rows": "two" }]';
    expect(messageOf(() => readJson(text, 'x', z.array(z.strictObject({ rows: z.number() })))).split('\n')).toEqual([
      'x:1:15: [0].rows: given twice, first in line 1',
      'x:1:23: [0].rows: must be a number (found "two")',
    ]);
  });

  it('refuses a __proto__ field like any other unknown one', () => {
    const text = JSON.stringify(good).replace('"capacityKiB"', '"__proto__":{"bandwidthGBps":1},"capacityKiB"');
    expect(messageOf(() => readJson(text, 'm.json', machine))).toMatch(/scratchpad\.__proto__: unknown field/);
  });

  it('says what the top of the document should be', () => {
    expect(messageOf(() => readJson('[]', 'm.json', machine))).toBe('m.json:1:1: must be an object (found [])');
  });
});

describe('readDocument', () => {
  it('locates values, and for what the text lacks the value around it', () => {
    const { locate } = readDocument('{"a":\n [10, 20]}', 'x.json', z.any());
    expect(locate(['a', 1])).toEqual({ line: 2, column: 7 });
    expect(locate(['a', 1, 'deeper'])).toEqual({ line: 2, column: 7 });
    expect(locate(['b'])).toEqual({ line: 1, column: 1 });
  });
});

describe('readValue', () => {
  it('lists what is missing, with the whole rule', () => {
    expect(messageOf(() => readValue({}, 'v', machine)).split('\n')).toEqual([
      'v: name: missing; must be text',
      'v: clockGHz: missing; must be a number of more than 0',
      'v: scratchpad: missing; must be an object',
      'v: layers: missing; must be a list',
    ]);
  });

  it('refuses numbers that are none, and says the bounds', () => {
    const message = messageOf(() =>
      readValue({ ...good, name: '', clockGHz: NaN, scratchpad: { capacityKiB: Infinity }, layers: [] }, 'v', machine),
    );
    expect(message.split('\n')).toEqual([
      'v: name: must not be empty (found "")',
      'v: clockGHz: must be a number of more than 0 (found NaN)',
      'v: scratchpad.capacityKiB: must be a number of at least 1 (found Infinity)',
      'v: layers: must have at least 1 entry (found [])',
    ]);
    expect(messageOf(() => readValue({ ...good, clockGHz: -1 }, 'v', machine))).toBe(
      'v: clockGHz: must be more than 0 (found -1)',
    );
    expect(messageOf(() => readValue({ ...good, dataflow: 'weight-stationery' }, 'v', machine))).toBe(
      'v: dataflow: must be "weight-stationary" or "output-stationary" (found "weight-stationery"); did you mean "weight-stationary"?',
    );
  });

  it('lists the allowed kinds when the kind is wrong or missing', () => {
    expect(layersMessage({ kind: 'convolutoin' }, {}, 7).split('\n')).toEqual([
      'v: layers[0].kind: must be "convolution" or "pooling" (found "convolutoin"); did you mean "convolution"?',
      'v: layers[1].kind: missing; must be "convolution" or "pooling"',
      'v: layers[2]: must be an object (found 7)',
    ]);
  });

  it('tells a union by the form that comes nearest', () => {
    expect(paddingMessage(-1)).toBe('v: layers[0].padding: must be at least 0 (found -1)');
    expect(paddingMessage({ rows: 1, colums: 2 })).toBe(
      'v: layers[0].padding.colums: unknown field; did you mean columns?',
    );
    expect(paddingMessage({ top: 1, bottom: 1, left: 0, right: 1 })).toBe(
      'v: layers[0].padding.left: must be at least 1 (found 0)',
    );
    expect(paddingMessage('sane')).toBe(
      'v: layers[0].padding: must be a whole number of at least 0, "same" or an object (found "sane"); did you mean "same"?',
    );
    expect(paddingMessage(1.5)).toBe(
      'v: layers[0].padding: must be a whole number of at least 0, "same" or an object (found 1.5)',
    );
  });

  it('lists the allowed names where none is near', () => {
    expect(messageOf(() => readValue({ ...good, scratchpad: { capacityKiB: 1, colour: 1 } }, 'v', machine))).toBe(
      'v: scratchpad.colour: unknown field; allowed: capacityKiB, bandwidthGBps',
    );
    expect(messageOf(() => readValue({ ...good, byWidth: { '4': 1, '7': 1 } }, 'v', machine))).toContain('byWidth.7: ');
  });

  it('does not suggest a name that is already given', () => {
    const message = messageOf(() => readValue({ ...good, clockGhz: 2 }, 'v', machine));
    expect(message).toBe('v: clockGhz: unknown field; allowed: name, clockGHz, scratchpad, dataflow, layers, byWidth');
  });

  it('uses the words of a schema that brings its own', () => {
    const even = z.strictObject({ rows: z.number().refine((rows) => rows % 2 === 0, { error: 'must be even' }) });
    expect(messageOf(() => readValue({ rows: 3 }, '--rows', even))).toBe('--rows: rows: must be even (found 3)');
  });
});
