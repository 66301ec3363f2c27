import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../../errors.js';
import { assignPrecision, importPrecision, precisionFormats } from '../index.js';
import type { PrecisionFormat, PrecisionFormatName } from '../index.js';
import { expectedBits, formatSamples, unit } from './samples.test-data.js';

const names = Object.keys(precisionFormats) as PrecisionFormatName[];

function complaintOf(act: () => unknown): AccelsimError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof AccelsimError) return error;
    throw error;
  }
}

function weightedBits(text: string): Record<string, readonly number[]> {
  const { layers } = assignPrecision(unit, importPrecision(text, 'file').choice);
  const weighted = unit.layers.filter((layer) => layer.secondOperand === 'weights');
  return Object.fromEntries(
    weighted.map(({ name, index }) => [name, [layers[index]!.weightBits, layers[index]!.activationBits]]),
  );
}

describe.each(names)('the %s form', (name) => {
  const format: PrecisionFormat = precisionFormats[name];
  const sample = formatSamples[name];

  it('says what it is and where that is written', () => {
    expect(format.description).not.toBe('');
    expect(format.reference).toMatch(/^https:|^precision\//);
  });

  it('is told by its content, with a byte-order mark and Windows line ends too', () => {
    for (const text of [sample, `\uFEFF${sample}`, sample.replaceAll('\n', '\r\n')])
      expect(importPrecision(text, 'file').form).toBe(name);
  });

  it('gives the same bits as every other, however lines end', () => {
    expect(weightedBits(sample)).toEqual(expectedBits);
    expect(weightedBits(`\uFEFF${sample.replaceAll('\n', '\r\n')}`)).toEqual(expectedBits);
  });

  it('is plain data, the same each time, with notes of one line', () => {
    const { choice } = importPrecision(sample, 'file');
    expect(importPrecision(sample, 'file').choice).toEqual(choice);
    expect(assignPrecision(unit, JSON.parse(JSON.stringify(choice)))).toEqual(assignPrecision(unit, choice));
    for (const note of assignPrecision(unit, choice).notes ?? []) expect(note).toMatch(/^\S(?:.*\S)?$/);
  });

  it('refuses what is none of it, naming the file', () => {
    for (const text of [
      '',
      '\uFEFF',
      'hello',
      '{}',
      '[]',
      '{"a": [1, {"b": 2}]}',
      '['.repeat(10_000),
      ',\n'.repeat(10_000),
    ]) {
      const complaint = complaintOf(() => format.read(text, 'file', undefined));
      expect(complaint?.issues.length).toBeGreaterThan(0);
      for (const issue of complaint!.issues) expect(issue.source).toBe('file');
    }
  });

  it('tells the line of a width that nobody has', () => {
    // The one 2 of every sample is a width of weights.
    const spoilt = sample.replace(/(?<![\w.])2(?![\w.*])/, '77');
    const line = spoilt.split('\n').findIndex((text) => text.includes('77')) + 1;
    const [issue] = complaintOf(() => importPrecision(spoilt, 'file'))?.issues ?? [];
    expect(issue).toMatchObject({ source: 'file', rule: 'must be an integer from 1 to 16, or 32 (bits)' });
    // AIMET's and this project's own JSON tell it at the value or at the entry around it.
    expect(Math.abs(issue!.line! - line)).toBeLessThan(3);
  });

  it('refuses or reads a damaged text, and throws nothing else', () => {
    const noise = fc.constantFrom(
      '',
      '"',
      "'",
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '(',
      '\n',
      '\0',
      '-1',
      '1e999',
      '__proto__',
      '#',
      '*',
      're:(',
      '\uD800',
    );
    const damage = fc.array(fc.tuple(fc.nat(), noise, fc.nat(20)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, (steps) => {
        const text = steps.reduce((whole, [place, put, cut]) => {
          const at = place % (whole.length + 1);
          return whole.slice(0, at) + put + whole.slice(at + cut);
        }, sample);
        complaintOf(() => assignPrecision(unit, importPrecision(text, 'file').choice));
        complaintOf(() => format.read(text, 'file', undefined));
      }),
      { numRuns: 700 },
    );
  });
});
