import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyTable } from './key-table.js';

const keyOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

describe('KeyTable', () => {
  it('numbers keys by their first appearance, as a Map does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 4000 }), (drawn) => {
        const [table, map] = [new KeyTable(), new Map<string, number>()];
        for (const number of drawn) {
          const key = keyOf(String(number));
          if (!map.has(key)) map.set(key, map.size);
          expect(table.add(key)).toBe(map.get(key));
        }
        expect(table.size).toBe(map.size);
        for (let number = 0; number < 50; number++)
          expect(table.numberOf(keyOf(String(number)))).toBe(map.get(keyOf(String(number))));
      }),
      { numRuns: 30 },
    );
  });

  it('tells keys apart that share a slot and differ in the last digit', () => {
    const table = new KeyTable();
    const keys = Array.from({ length: 16 }, (_, at) => `${'0'.repeat(31)}${at.toString(16)}`);
    expect(keys.map((key) => table.add(key))).toEqual([...keys.keys()]);
    expect(table.numberOf('f'.repeat(32))).toBeUndefined();
  });

  it('refuses what is no key', () => {
    expect(() => new KeyTable().add('abc')).toThrow(/32 digits/);
  });
});
