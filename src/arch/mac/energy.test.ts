import { describe, expect, it } from 'vitest';
import type { MacEnergy } from './energy.js';
import { fixedEnergyPj, macEnergySchema } from './energy.js';

/** Bit Fusion's fixed MACs at 45 nm and 500 MHz (results/systolic_array_synth.csv of its repository), pJ per cycle. */
const table: MacEnergy = {
  model: 'table',
  rows: [
    { bits: 2, energyPj: 0.0575 },
    { bits: 4, energyPj: 0.1202 },
    { bits: 8, energyPj: 0.2977 },
    { bits: 16, energyPj: 0.9474 },
  ],
};

describe('energy of a fixed-point MAC', () => {
  it('is k_mul w a + k_lin (w + a) + k_const', () => {
    // 2 * 4 * 3 + 5 * (4 + 3) + 7 = 24 + 35 + 7
    expect(fixedEnergyPj({ model: 'polynomial', productPj: 2, linearPj: 5, constantPj: 7 }, 4, 3)).toBe(66);
  });

  it('is that of the next row of a table, of the wider operand', () => {
    expect(fixedEnergyPj(table, 3, 3)).toBe(0.1202);
    expect(fixedEnergyPj(table, 2, 16)).toBe(0.9474);
  });

  it('is refused beyond the last row', () => {
    expect(() => fixedEnergyPj(table, 32, 32)).toThrow(
      'machine: mac.energy.rows: must have a row of 32 bits or more; the widest has 16',
    );
  });

  it.each<[string, unknown]>([
    ['nothing at all', { model: 'polynomial', productPj: 0, linearPj: 0, constantPj: 0 }],
    ['a negative coefficient', { model: 'polynomial', productPj: 1, linearPj: -1, constantPj: 0 }],
    ['an empty table', { model: 'table', rows: [] }],
    ['rows from wide to narrow', { model: 'table', rows: table.model === 'table' ? table.rows.toReversed() : [] }],
    [
      'a wider MAC that takes less',
      {
        model: 'table',
        rows: [
          { bits: 2, energyPj: 2 },
          { bits: 4, energyPj: 1 },
        ],
      },
    ],
    ['areas', { model: 'table', rows: [{ bits: 2, areaUm2: 2 }] }],
  ])('cannot be %s', (_, energy) => {
    expect(macEnergySchema.safeParse(energy).success).toBe(false);
  });

  it('may be one row', () => {
    expect(macEnergySchema.safeParse({ model: 'table', rows: [{ bits: 8, energyPj: 1 }] }).success).toBe(true);
  });
});
