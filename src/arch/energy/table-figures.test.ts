import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnergyTable } from './energy-table.js';
import { fixedMacPj, TableFigures } from './table-figures.js';
import { energyScale } from './technology.js';

const at = { technologyNm: 45, source: 'assumed: for the test' };
const table: EnergyTable = {
  name: 'some',
  rows: [
    { component: 'integer-multiply', bits: 32, energyPj: 3.2, ...at },
    { component: 'integer-multiply', bits: 8, energyPj: 0.2, ...at },
    { component: 'integer-add', bits: 16, energyPj: 0.05, ...at },
    { component: 'register', bits: 16, energyPj: 0.16, ...at },
    { component: 'scratchpad', capacityKiB: 4, wordBits: 64, energyPj: 6.4, ...at },
    { component: 'scratchpad', capacityKiB: 16, wordBits: 32, energyPj: 6.4, ...at },
    { component: 'off-chip', memory: 'slow', bits: 32, energyPj: 640, source: 'assumed: for the test' },
  ],
};
const here = new TableFigures(table, 45);

describe('TableFigures', () => {
  it('takes a MAC for a multiplication and an addition of the whole product', () => {
    const points = here.fixedMac()!;
    // 8 x 8: 0.2, and 16 bits added: 0.05
    expect(fixedMacPj(points, 8, 8)).toBeCloseTo(0.25, 12);
    // 16 x 4 has the 64 partial products of 8 x 8; 20 bits added: 0.05 x 20 / 16
    expect(fixedMacPj(points, 16, 4)).toBeCloseTo(0.2 + 0.0625, 12);
    // 8 to 32 bits is a factor 16 for a factor 4, a square; so is what lies beyond
    expect(fixedMacPj(points, 16, 16)).toBeCloseTo(0.8 + 0.1, 12);
    expect(fixedMacPj(points, 2, 2)).toBeCloseTo(0.0125 + 0.0125, 12);
  });

  it('prefers measured MACs', () => {
    const macs: EnergyTable = { ...table, rows: [...table.rows, { component: 'mac', bits: 8, energyPj: 0.3, ...at }] };
    const points = new TableFigures(macs, 45).fixedMac()!;
    expect(fixedMacPj(points, 8, 8)).toBe(0.3);
    expect(fixedMacPj(points, 4, 4)).toBeCloseTo(0.075, 12);
  });

  it('never takes more for a narrower operand', () => {
    const points = here.fixedMac()!;
    const bits = fc.integer({ min: 1, max: 31 });
    fc.assert(
      fc.property(bits, bits, (w, a) => {
        expect(fixedMacPj(points, w, a)).toBeLessThanOrEqual(fixedMacPj(points, w + 1, a));
        expect(fixedMacPj(points, w, a)).toBeLessThanOrEqual(fixedMacPj(points, w, a + 1));
      }),
    );
  });

  it('says what a bit takes of words of different widths', () => {
    expect(here.registerPjPerBit()).toBeCloseTo(0.01, 12);
    expect(here.memoryPjPerBit(4 * 1024)).toBeCloseTo(0.1, 12);
    expect(here.memoryPjPerBit(16 * 1024)).toBeCloseTo(0.2, 12);
    // Half way between 4 and 16 KiB on a logarithmic scale; then with the square root.
    expect(here.memoryPjPerBit(8 * 1024)).toBeCloseTo(0.1 * Math.SQRT2, 12);
    expect(here.memoryPjPerBit(64 * 1024)).toBeCloseTo(0.4, 12);
    expect(here.offChipPjPerBit('slow')).toBe(20);
  });

  it('scales what is on the chip to its node, and external memory not', () => {
    const there = new TableFigures(table, 14);
    const scale = energyScale(45, 14);
    expect(there.registerPjPerBit()).toBeCloseTo(0.01 * scale, 12);
    expect(there.memoryPjPerBit(4096)).toBeCloseTo(0.1 * scale, 12);
    expect(fixedMacPj(there.fixedMac()!, 8, 8)).toBeCloseTo(0.25 * scale, 12);
    expect(there.offChipPjPerBit('slow')).toBe(20);
  });

  it('has no figure where the table has no row', () => {
    const bare = new TableFigures({ name: 'bare', rows: [table.rows[0]!] }, 45);
    expect([
      bare.fixedMac(),
      bare.registerPjPerBit(),
      bare.interconnectPjPerBit(),
      bare.memoryPjPerBit(1024),
      bare.addPj(32),
      bare.offChipPjPerBit('slow'),
      bare.leakageMwPerMm2(),
    ]).toEqual([null, null, null, null, null, null, null]);
  });
});
