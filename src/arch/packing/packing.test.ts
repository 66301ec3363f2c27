import { describe, expect, it } from 'vitest';
import {
  packedWeightBits,
  packedWeightBytes,
  packings,
  parsePacking,
  storedBits,
  storedBitsPerValue,
} from './index.js';
import type { PackingName } from './index.js';

describe('bits in memory', () => {
  const odd = (name: PackingName) => [3, 5, 6, 7].map((bits) => storedBitsPerValue(name, bits));

  it('at 3, 5, 6 and 7 bits', () => {
    expect(odd('dense')).toEqual([3, 5, 6, 7]);
    expect(odd('power-of-two')).toEqual([4, 8, 8, 8]);
    expect(odd('byte')).toEqual([8, 8, 8, 8]);
    // 32 bits hold 10, 6, 5 and 4 of them; 64 bits 21, 12, 10 and 9.
    expect(odd('container')).toEqual([32 / 10, 32 / 6, 32 / 5, 8]);
    expect(odd('container-64')).toEqual([64 / 21, 64 / 12, 64 / 10, 64 / 9]);
  });

  it('counts whole words', () => {
    // 11 values of 3 bits: a word of 10 and one of 1.
    expect(storedBits('container', 11, 3)).toBe(64);
    expect(storedBits('container-64', 11, 3)).toBe(64);
    expect(storedBits('power-of-two', 11, 3)).toBe(44);
    expect(storedBits('dense', 11, 3)).toBe(33);
    expect(storedBits('container', 0, 3)).toBe(0);
  });

  it('gives a value that no word holds several words', () => {
    expect(packings.container.word(40)).toEqual({ bits: 64, values: 1 });
  });

  it('packs scales as it packs weights', () => {
    // 4 bits, and a scale of 8 for each 32: MXFP4's 4.25.
    const scaled = { weightBits: 4, weightGroupSize: 32, weightScaleBits: 8 };
    expect(packedWeightBits('dense', scaled)).toBe(4.25);
    expect(packedWeightBits('byte', scaled)).toBe(8.25);
    expect(packedWeightBytes('dense', 64, scaled)).toBe(34);
    // A scale of 20 bits has a word to itself: 32 / 64 more for each weight.
    const large = { weightBits: 3, weightGroupSize: 64, weightScaleBits: 20 };
    expect(packedWeightBits('container', large)).toBe(3.2 + 0.5);
  });
});

describe('parsePacking', () => {
  it('knows its names, and the nearest to what is none', () => {
    expect(parsePacking('container-64', '--packing')).toBe('container-64');
    expect(() => parsePacking('containr', '--packing')).toThrow(
      '--packing: must be one of dense, power-of-two, byte, container, container-64 (found "containr"); did you mean container?',
    );
  });
});
