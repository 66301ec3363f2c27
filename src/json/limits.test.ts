import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AccelsimError } from '../errors.js';
import { readJson } from './read.js';

function complaintOf(text: string, schema: z.ZodType): AccelsimError {
  try {
    readJson(text, 'x.json', schema);
  } catch (error) {
    if (error instanceof AccelsimError) return error;
    throw error;
  }
  throw new Error('no complaint');
}

describe('a file far larger than any', () => {
  it('is refused for the number of its values', () => {
    // The list itself is one, so the 300,000th 0 is one too many; it stands behind a bracket and 999,999 pairs.
    const { message } = complaintOf(`[${'0,'.repeat(300_001)}0]`, z.array(z.number()));
    expect(message).toBe('x.json:1:600000: has more than 300000 values');
  });

  it('is told of its first mistakes, and how many more there are', () => {
    const { issues } = complaintOf(JSON.stringify(Array.from({ length: 5000 }, () => 'a')), z.array(z.number()));
    expect(issues).toHaveLength(201);
    expect(issues.some(({ rule }) => rule === 'has 4800 more mistakes, of which no more is told')).toBe(true);
    expect(issues.some(({ path }) => path === '[199]')).toBe(true);
  });

  it('is told of the first names that stand twice', () => {
    const { issues } = complaintOf(`{${'"a":1,'.repeat(5000)}"b":1}`, z.looseObject({}));
    expect(issues).toHaveLength(100);
    expect(issues[0]).toMatchObject({ path: 'a', rule: 'given twice, first in line 1' });
  });

  it.each([
    ['1e30', 'must be at most 1000000 (found 1e+30)'],
    ['-1e30', 'must be at least 1 (found -1e+30)'],
  ])('tells a number beyond two limits once: %s', (number, rule) => {
    // zod's own limit of whole numbers is 2^53 - 1, that of the field is nearer.
    const schema = z.strictObject({ batch: z.int().min(1).max(1_000_000) });
    expect(complaintOf(`{"batch": ${number}}`, schema).message).toBe(`x.json:1:11: batch: ${rule}`);
  });
});
