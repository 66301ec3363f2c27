import { describe, expect, it } from 'vitest';
import {
  BITS_ALLOWED,
  bitsSchema,
  checkBits,
  isAllowedBits,
  parseBits,
  parseBitsList,
  parseEdgeBits,
} from './index.js';

const RULE = 'must be an integer from 1 to 16, or 32 (bits)';

describe('widths', () => {
  it('are the integers from 1 to 16, and 32', () => {
    expect(BITS_ALLOWED).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 32]);
    for (const bits of BITS_ALLOWED) expect(bitsSchema.parse(bits)).toBe(bits);
  });

  it.each([0, -1, 17, 24, 31, 33, 2.5, Number.NaN, Infinity])('are not %d', (bits) => {
    expect(isAllowedBits(bits)).toBe(false);
    expect(bitsSchema.safeParse(bits).success).toBe(false);
    expect(() => checkBits(bits, 'run', 'bits')).toThrow(`run: bits: ${RULE} (found ${bits})`);
  });
});

describe('parseBits', () => {
  it('reads one width', () => {
    expect(parseBits('4', '--bits')).toBe(4);
    expect(parseBits(' 32 ', '--bits')).toBe(32);
  });

  it.each(['', 'four', '4.0', '0x4', '+4', '04', '4 bits', '1e1', '17', '0', '4,2'])('refuses %j', (text) => {
    expect(() => parseBits(text, '--bits')).toThrow(`--bits: ${RULE} (found ${JSON.stringify(text)})`);
  });
});

describe('parseBitsList', () => {
  it('reads widths in the order given', () => {
    expect(parseBitsList('16,8, 4,2', '--bits')).toEqual([16, 8, 4, 2]);
    expect(parseBitsList('4', '--bits')).toEqual([4]);
  });

  it('refuses a width named twice, and tells of every wrong entry', () => {
    expect(() => parseBitsList('8,4,8', '--bits')).toThrow('must name each width once (found "8")');
    expect(() => parseBitsList('8,20,,4', '--bits')).toThrow(/"20"[^]*""/);
  });
});

describe('parseEdgeBits', () => {
  it('reads a width, or "same"', () => {
    expect(parseEdgeBits('8', '--edge-bits')).toBe(8);
    expect(parseEdgeBits('same', '--edge-bits')).toBe('same');
  });

  it.each(['none', 'Same', '24', ''])('refuses %j', (text) => {
    expect(() => parseEdgeBits(text, '--edge-bits')).toThrow('or "same" for no exception');
  });
});
