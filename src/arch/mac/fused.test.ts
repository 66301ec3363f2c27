import { describe, expect, it } from 'vitest';
import type { FusedMac } from './fused.js';
import { fused } from './fused.js';
import { macSchema } from './index.js';

/** Bit Fusion's synthesis at 45 nm, arrays of 1 x 1 (results/systolic_array_synth.csv of its repository). */
const FIXED = {
  model: 'table',
  rows: [
    { bits: 2, areaUm2: 124.89 },
    { bits: 4, areaUm2: 282.24 },
    { bits: 8, areaUm2: 687.61 },
    { bits: 16, areaUm2: 2203.24 },
  ],
} as const;
/** The same synthesis: mW at 500 MHz are 2 pJ each per cycle; here as the file gives it. */
const FIXED_POWER: Readonly<Record<number, number>> = { 2: 0.0575, 4: 0.1202, 8: 0.2977, 16: 0.9474 };
const spec: FusedMac = { kind: 'fused', brickBits: 2, widestBits: 16, area: { ...FIXED, rows: [...FIXED.rows] } };
const unitOf = (widestBits: number): FusedMac => ({ ...spec, widestBits });

describe('fused MAC', () => {
  it.each([
    [2, 124.89],
    [4, 431.47],
    [8, 1733.13],
    [16, 7492.41],
  ])('of up to %i bits takes the synthesised %f um2', (widest, areaUm2) => {
    expect(fused.elementAreaUm2(unitOf(widest))).toBeCloseTo(areaUm2, 9);
  });

  it('takes 3.4 times a fixed MAC of 16 bits', () => {
    expect(fused.elementAreaUm2(spec) / 2203.24).toBeCloseTo(3.4, 2);
  });

  it.each([
    [4, 0.1569],
    [8, 0.5599],
    [16, 2.3324],
  ])('of up to %i bits takes the synthesised %f per cycle, shared by the products of two bits', (widest, perCycle) => {
    const energy = (bits: number) => fused.energyPj(unitOf(widest), widest, bits, bits, (w) => FIXED_POWER[w]!);
    expect(energy(widest)).toBeCloseTo(perCycle, 9);
    // (widest / 2)^2 of them: 4, 16 and 64.
    expect(energy(2)).toBeCloseTo(perCycle / (widest / 2) ** 2, 9);
  });

  it('does (R / w)(R / a) products at a time', () => {
    for (const w of [2, 4, 8, 16])
      for (const a of [2, 4, 8, 16]) {
        expect(fused.rate(spec, 16, w, a)).toEqual({ lanes: (16 / w) * (16 / a), passes: 1 });
      }
  });

  it('takes wider operands in passes, and the narrow one beside it side by side', () => {
    expect(fused.rate(unitOf(8), 8, 16, 16)).toEqual({ lanes: 1, passes: 4 });
    expect(fused.rate(unitOf(8), 8, 16, 2)).toEqual({ lanes: 4, passes: 2 });
  });

  it('knows where the next gain is', () => {
    expect([32, 16, 12, 8, 7, 3, 2, 1].map((bits) => fused.narrowerBits(unitOf(8), bits))).toEqual([
      16,
      8,
      8,
      4,
      4,
      2,
      null,
      null,
    ]);
  });

  it('refuses widths that do not double up, and to guess beyond what was synthesised', () => {
    expect(macSchema.safeParse({ ...spec, widestBits: 12 }).success).toBe(false);
    expect(macSchema.safeParse({ ...spec, brickBits: 4, widestBits: 2 }).success).toBe(false);
    expect(macSchema.safeParse({ ...spec, widestBits: 32 }).success).toBe(false);
    const stated = { ...spec, widestBits: 32, flexibilityFactor: 4, energyFactor: 3 };
    const wide = { model: 'table', rows: [...FIXED.rows, { bits: 32, areaUm2: 8000 }] };
    expect(macSchema.safeParse({ ...stated, area: wide }).success).toBe(true);
    // Factors, but of a fixed MAC of 32 bits that the table does not have.
    expect(macSchema.safeParse(stated).success).toBe(false);
  });
});
