import { describe, expect, it } from 'vitest';
import type { MacSpec } from './mac/index.js';
import type { MemoryLayout } from './stored.js';
import { valueBits, valueBytes, weightBits, weightBytes } from './stored.js';

const area = { model: 'polynomial', productUm2: 1, linearUm2: 0, constantUm2: 0 } as const;
const integers: MacSpec = { kind: 'dedicated', designBits: 8, referenceBits: 8, area };
const floats: MacSpec = {
  kind: 'floating-point',
  formats: { 16: 'bf16', 8: 'fp8-e4m3', 4: 'mxfp4' },
  flexibilityFactor: 1,
  area,
};
const dense = (mac: MacSpec): MemoryLayout => ({ mac, packing: 'dense' });

describe('values in memory', () => {
  it('of integers are as wide as they are', () => {
    expect(valueBits(dense(integers), 3)).toBe(3);
    expect(valueBytes(dense(integers), 10, 3)).toBe(4);
    expect(weightBits(dense(integers), { weightBits: 3 })).toBe(3);
    expect(weightBytes(dense(integers), 10, { weightBits: 3 })).toBe(4);
  });

  it('of MX formats carry their share of a scale, weights and activations alike', () => {
    expect(valueBits(dense(floats), 4)).toBe(4.25);
    // 64 values of 4 bits and two scales of 8: 272 bits.
    expect(valueBytes(dense(floats), 64, 4)).toBe(34);
    expect(weightBits(dense(floats), { weightBits: 4 })).toBe(4.25);
    expect(weightBytes(dense(floats), 64, { weightBits: 4 })).toBe(34);
  });

  it('of widths without a format lie in the next wider one', () => {
    expect([3, 5, 9].map((bits) => valueBits(dense(floats), bits))).toEqual([4.25, 8, 16]);
  });

  it('are packed as the machine packs, scales too', () => {
    const bytes = (mac: MacSpec): MemoryLayout => ({ mac, packing: 'byte' });
    expect(valueBits(bytes(integers), 3)).toBe(8);
    // A byte for the value and the 8 bits of scale for 32 of them.
    expect(valueBits(bytes(floats), 4)).toBe(8.25);
  });

  it('add the scales of groups that a precision file states', () => {
    const grouped = { weightBits: 4, weightGroupSize: 64, weightScaleBits: 16 };
    expect(weightBits(dense(integers), grouped)).toBe(4.25);
    expect(weightBits(dense(floats), grouped)).toBe(4.5);
    // 128 weights: 64 bytes, 4 scales of 8 bits and 2 of 16.
    expect(weightBytes(dense(floats), 128, grouped)).toBe(72);
  });
});
