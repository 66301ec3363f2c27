import { describe, expect, it } from 'vitest';
import type { MacArea } from './index.js';
import { macAreaSchema, macAreaUm2 } from './index.js';

/** Bit Fusion's synthesis of one fixed-precision MAC at 45 nm (results/systolic_array_synth.csv), um2 by bits. */
const BIT_FUSION_45NM = [
  { bits: 2, areaUm2: 124.9 },
  { bits: 4, areaUm2: 282.2 },
  { bits: 8, areaUm2: 687.6 },
  { bits: 16, areaUm2: 2203.2 },
];

const square = (area: MacArea, bits: number) => macAreaUm2(area, bits, bits);

describe('polynomial area', () => {
  const shape: MacArea = { model: 'polynomial', productUm2: 1, linearUm2: 1.843, constantUm2: 11.982 };

  it('is k_mul w a + k_lin (w + a) + k_const', () => {
    // 2 * 4 * 3 + 5 * (4 + 3) + 7 = 24 + 35 + 7
    expect(macAreaUm2({ model: 'polynomial', productUm2: 2, linearUm2: 5, constantUm2: 7 }, 4, 3)).toBe(66);
  });

  it('gives the 14x of PACT Fig. 6(b) from 16 to 2 bits, and the 16/8 and 16/4 ratios of its fit', () => {
    // (256 + 58.976 + 11.982) / (4 + 7.372 + 11.982) = 326.958 / 23.354
    expect(square(shape, 16) / square(shape, 2)).toBeCloseTo(14, 2);
    expect(square(shape, 16) / square(shape, 8)).toBeCloseTo(3.1, 2);
    expect(square(shape, 16) / square(shape, 4)).toBeCloseTo(7.65, 2);
  });

  it.each(BIT_FUSION_45NM)('fits the 45 nm synthesis of $bits bits within 4 %', ({ bits, areaUm2 }) => {
    const fit: MacArea = { model: 'polynomial', productUm2: 5.984, linearUm2: 19.01, constantUm2: 25.88 };
    expect(Math.abs(square(fit, bits) / areaUm2 - 1)).toBeLessThan(0.04);
  });
});

describe('area table', () => {
  const table: MacArea = { model: 'table', rows: BIT_FUSION_45NM };

  it('answers with its rows', () => {
    expect(BIT_FUSION_45NM.map(({ bits }) => square(table, bits))).toEqual([124.9, 282.2, 687.6, 2203.2]);
    expect(square(table, 16) / square(table, 8)).toBeCloseTo(3.2, 1);
    expect(square(table, 16) / square(table, 2)).toBeCloseTo(17.6, 1);
  });

  it('takes the next wider row for a width between two, and the wider of two operands', () => {
    expect(square(table, 1)).toBe(124.9);
    expect(square(table, 5)).toBe(687.6);
    expect(macAreaUm2(table, 3, 12)).toBe(2203.2);
  });

  it('refuses a width beyond its widest row', () => {
    expect(() => square(table, 32)).toThrow(
      'machine: mac.area.rows: must have a row of 32 bits or more; the widest has 16',
    );
  });
});

describe('macAreaSchema', () => {
  const refused: readonly [string, unknown][] = [
    ['no area at all', { model: 'polynomial', productUm2: 0, linearUm2: 0, constantUm2: 0 }],
    ['a negative coefficient', { model: 'polynomial', productUm2: 1, linearUm2: -1, constantUm2: 0 }],
    ['a missing coefficient', { model: 'polynomial', productUm2: 1, linearUm2: 1 }],
    ['an empty table', { model: 'table', rows: [] }],
    ['rows from wide to narrow', { model: 'table', rows: BIT_FUSION_45NM.toReversed() }],
    ['a width twice', { model: 'table', rows: [BIT_FUSION_45NM[0], BIT_FUSION_45NM[0]] }],
    [
      'a wider MAC that is smaller',
      {
        model: 'table',
        rows: [
          { bits: 2, areaUm2: 9 },
          { bits: 4, areaUm2: 8 },
        ],
      },
    ],
    ['a width nobody has', { model: 'table', rows: [{ bits: 17, areaUm2: 9 }] }],
    ['an unknown model', { model: 'cubic' }],
  ];

  it.each(refused)('refuses %s', (_, area) => {
    expect(macAreaSchema.safeParse(area).success).toBe(false);
  });

  it('takes a polynomial with one coefficient and a table with one row', () => {
    expect(macAreaSchema.safeParse({ model: 'polynomial', productUm2: 0, linearUm2: 0, constantUm2: 1 }).success).toBe(
      true,
    );
    expect(macAreaSchema.safeParse({ model: 'table', rows: [{ bits: 8, areaUm2: 1 }] }).success).toBe(true);
  });
});
