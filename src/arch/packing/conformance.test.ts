import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BITS_ALLOWED } from '../../precision/bits.js';
import { packingNames, packings, storedBits, storedBitsPerValue, storedBytes, type Packing } from './index.js';

const anyBits = fc.constantFrom(...BITS_ALLOWED);
const anyCount = fc.integer({ min: 0, max: 1e6 });

describe.each(packingNames)('the packing %s', (name) => {
  const packing: Packing = packings[name];

  it('says what it does', () => {
    expect(packing.description).not.toBe('');
  });

  it('has words of whole bits that hold their values', () => {
    for (const bits of BITS_ALLOWED) {
      const word = packing.word(bits);
      expect([word.bits, word.values].every(Number.isInteger)).toBe(true);
      expect(word.values).toBeGreaterThanOrEqual(1);
      expect(word.bits).toBeGreaterThanOrEqual(word.values * bits);
    }
  });

  it('never takes less than the bits, nor more than a word beyond', () => {
    fc.assert(
      fc.property(anyCount, anyBits, (count, bits) => {
        const stored = storedBits(name, count, bits);
        expect(stored).toBeGreaterThanOrEqual(count * bits);
        expect(stored).toBeLessThan(count * storedBitsPerValue(name, bits) + packing.word(bits).bits + 1e-6);
        expect(storedBytes(name, count, bits)).toBe(Math.ceil(stored / 8));
      }),
    );
  });

  it('takes no more for fewer bits, or for fewer values', () => {
    fc.assert(
      fc.property(anyCount, anyCount, anyBits, anyBits, (one, other, bits, otherBits) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
        const [narrow, wide] = [Math.min(bits, otherBits), Math.max(bits, otherBits)];
        expect(storedBits(name, fewer, narrow)).toBeLessThanOrEqual(storedBits(name, more, wide));
        expect(storedBitsPerValue(name, narrow)).toBeLessThanOrEqual(storedBitsPerValue(name, wide));
      }),
    );
  });

  it('wastes nothing on powers of two from a byte on, and below on none that share a byte', () => {
    for (const bits of [8, 16, 32]) expect(storedBitsPerValue(name, bits)).toBe(bits);
    const small = [1, 2, 4].map((bits) => storedBitsPerValue(name, bits));
    expect(small).toEqual(name === 'byte' ? [8, 8, 8] : [1, 2, 4]);
  });

  it('is never denser than bit by bit', () => {
    for (const bits of BITS_ALLOWED) expect(storedBitsPerValue(name, bits)).toBeGreaterThanOrEqual(bits);
  });
});
