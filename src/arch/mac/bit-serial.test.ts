import { describe, expect, it } from 'vitest';
import type { BitSerialMac } from './bit-serial.js';
import { bitSerial } from './bit-serial.js';
import { macSchema } from './index.js';

const area = { model: 'polynomial', productUm2: 1, linearUm2: 0, constantUm2: 0 } as const;
const stripes: BitSerialMac = {
  kind: 'bit-serial',
  serial: 'activations',
  referenceBits: 16,
  flexibilityFactor: 1.32,
  area,
};
const loom: BitSerialMac = { ...stripes, serial: 'both' };
const perCycle = (spec: BitSerialMac, w: number, a: number) => {
  const { lanes, passes } = bitSerial.rate(spec, 16, w, a);
  return lanes / passes;
};

describe('bit-serial MAC', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 12, 16])(
    'does 16 / p MACs per cycle for activations of p = %i bits, like Stripes',
    (p) => {
      expect(perCycle(stripes, 16, p)).toBe(16 / p);
      // Narrower weights save it nothing.
      expect(perCycle(stripes, 2, p)).toBe(16 / p);
    },
  );

  it('does 16 x 16 / (w a) with both serial, like Loom', () => {
    expect(perCycle(loom, 16, 16)).toBe(1);
    expect(perCycle(loom, 11, 9)).toBe(256 / 99);
    expect(perCycle(loom, 1, 1)).toBe(256);
  });

  it('cuts weights that one cycle does not take whole into digits', () => {
    expect(bitSerial.rate(stripes, 16, 32, 3)).toEqual({ lanes: 16, passes: 6 });
  });

  it('takes the area and energy of as many lanes as it has', () => {
    // 256 um2 of a 16-bit MAC, times 1.32; 16 of the 256 lanes that do one MAC per cycle are a sixteenth of it.
    expect(bitSerial.elementAreaUm2(loom)).toBeCloseTo(256 * 1.32, 9);
    expect(bitSerial.elementAreaUm2({ ...loom, lanes: 16 })).toBeCloseTo(16 * 1.32, 9);
    // Fewer elements' lanes, as many cycles more: a MAC takes the same. 256 pJ at 16 bits, 3 / 16 of it at 3.
    const pj = (spec: BitSerialMac, bits: number) => bitSerial.energyPj(spec, 16, 16, bits, (w, a) => w * a);
    expect(pj(stripes, 16)).toBe(256);
    expect(pj(stripes, 3)).toBe(48);
    expect(pj({ ...stripes, lanes: 4 }, 3)).toBe(48);
    expect(pj({ ...stripes, energyFactor: 1.25 }, 3)).toBe(60);
  });

  it('finds a gain in every bit less', () => {
    expect([32, 16, 8, 3, 2, 1].map((bits) => bitSerial.narrowerBits(stripes, bits))).toEqual([16, 15, 7, 2, 1, null]);
  });

  it('refuses a section that does not say what is serial', () => {
    expect(macSchema.safeParse({ kind: 'bit-serial', referenceBits: 16, area }).success).toBe(false);
    expect(macSchema.safeParse({ ...stripes, lanes: 0 }).success).toBe(false);
  });
});
