import { describe, expect, it } from 'vitest';
import { floatFormats, formatsByWidth, type FloatFormatName, storedFormat } from './float-format.js';
import type { FloatingPointMac } from './floating-point.js';
import { floatingPoint } from './floating-point.js';
import { macSchema } from './index.js';

const area = { model: 'polynomial', productUm2: 1, linearUm2: 0, constantUm2: 0 } as const;
const spec: FloatingPointMac = {
  kind: 'floating-point',
  formats: { 16: 'bf16', 8: 'fp8-e4m3', 4: 'mxfp4' },
  flexibilityFactor: 1,
  area,
};

describe('floating-point formats', () => {
  it.each<[FloatFormatName, number]>([
    ['fp16', 16],
    ['bf16', 16],
    ['fp8-e4m3', 8],
    ['fp8-e5m2', 8],
    ['mxfp8-e4m3', 8.25],
    ['mxfp6-e3m2', 6.25],
    // 8 bits of scale for 32 values of 4 bits: 136 bits in 32.
    ['mxfp4', 4.25],
  ])('%s takes %f bits in memory', (name, bits) => {
    const { bits: own, scale } = storedFormat(name);
    expect(own + (scale === undefined ? 0 : scale.bits / scale.values)).toBe(bits);
  });

  it('are listed under the width they have, every one of them', () => {
    const listed = Object.entries(formatsByWidth).flatMap(([bits, names]) => names.map((name) => [name, Number(bits)]));
    const own = Object.entries(floatFormats).map(([name, { bits }]) => [name, bits]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(own));
  });

  it('have a sign, an exponent and a fraction in their bits', () => {
    // The leading bit of the significand is not stored; so sign and exponent have what is left.
    const exponents = Object.values(floatFormats).map(({ bits, significandBits }) => bits - significandBits);
    expect(exponents).toEqual([8, 5, 8, 4, 5, 4, 5, 2, 3, 2]);
  });
});

describe('floating-point MAC', () => {
  it('does twice the products in a format half as wide, of the wider operand', () => {
    expect([16, 8, 4].map((bits) => floatingPoint.rate(spec, 16, bits, bits).lanes)).toEqual([1, 2, 4]);
    expect(floatingPoint.rate(spec, 16, 4, 16)).toEqual({ lanes: 1, passes: 1 });
  });

  it('leaves idle what is left of the widest format where a narrower one does not divide it', () => {
    // 16 bits hold two values of 6 bits.
    const six: FloatingPointMac = { ...spec, formats: { 16: 'bf16', 6: 'mxfp6-e3m2' } };
    expect(floatingPoint.rate(six, 16, 6, 6)).toEqual({ lanes: 2, passes: 1 });
  });

  it('stores widths in the format they mean, scales included, and what no format holds as it is', () => {
    const mxfp4 = { bits: 4, scale: { bits: 8, values: 32 } };
    expect([1, 4, 5, 8, 16, 32].map((bits) => floatingPoint.storedValue(spec, bits))).toEqual([
      mxfp4,
      mxfp4,
      { bits: 8 },
      { bits: 8 },
      { bits: 16 },
      { bits: 32 },
    ]);
  });

  it('makes up fp32 of three bf16: 24 significand bits of 8', () => {
    expect(floatingPoint.rate(spec, 16, 32, 32)).toEqual({ lanes: 1, passes: 9 });
    expect(floatingPoint.taken(spec, 16, 32, 16)).toBe('as sums of 3 x 1 values of bf16');
  });

  it('makes up wider values of two at least', () => {
    const six: FloatingPointMac = { ...spec, formats: { 6: 'mxfp6-e2m3' } };
    // The 4 significand bits of fp8 would fit in one.
    expect(floatingPoint.rate(six, 6, 8, 8).passes).toBe(4);
  });

  it('is as large as a fixed-point MAC of its longest significand, times its factor', () => {
    expect(floatingPoint.elementAreaUm2(spec)).toBe(64);
    const fp16: FloatingPointMac = { ...spec, formats: { ...spec.formats, 16: 'fp16' }, flexibilityFactor: 2 };
    expect(floatingPoint.elementAreaUm2(fp16)).toBe(242);
  });

  it('takes less energy per product the more of them it does', () => {
    const pj = (bits: number) => floatingPoint.energyPj({ ...spec, energyFactor: 3 }, 16, bits, bits, (w, a) => w * a);
    expect([16, 8, 4].map(pj)).toEqual([192, 96, 48]);
  });

  it('knows the next format with more products', () => {
    expect([32, 16, 8, 5, 4, 1].map((bits) => floatingPoint.narrowerBits(spec, bits))).toEqual([
      16,
      8,
      4,
      4,
      null,
      null,
    ]);
  });

  it('refuses formats of another width, unknown ones, and none at all', () => {
    const read = (formats: unknown) => macSchema.safeParse({ ...spec, formats }).success;
    expect(read({ 8: 'bf16' })).toBe(false);
    expect(read({ 5: 'fp5' })).toBe(false);
    expect(read({})).toBe(false);
    expect(read({ 16: 'fp16' })).toBe(true);
  });
});
