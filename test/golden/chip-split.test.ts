import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reproduce } from '../../src/node/cli/reproduce.js';
import { committedReport, expectCommitted } from './committed-report.js';

const committed = committedReport('chip-split');

interface Point {
  readonly macFraction: number;
  readonly totalCycles: number;
  readonly macsMm2: number;
  readonly scratchpadMm2: number;
}

describe('accelsim reproduce --report chip-split', () => {
  it('writes what is committed in reports/chip-split', () => {
    expectCommitted('chip-split', (out, terminal) => reproduce.run({ report: 'chip-split', out }, terminal));
  }, 600_000);

  it('kept to the budget, beat the machine as it stands, and wants no fewer MACs with fewer bits', () => {
    const { budget, series } = JSON.parse(readFileSync(join(committed, 'figures.json'), 'utf8')) as {
      budget: { spentMm2: number };
      series: { bits: number; bandwidthGBps: number; best: Point; standing: Point; points: Point[] }[];
    };
    for (const { best, standing, points } of series) {
      expect(best.totalCycles).toBeLessThanOrEqual(standing.totalCycles);
      for (const { macsMm2, scratchpadMm2 } of points)
        expect(macsMm2 + scratchpadMm2).toBeLessThanOrEqual(budget.spentMm2 * (1 + 1e-12));
    }
    // The runs of the PACT study, as they are without any of this.
    const standing = (bits: number) => series.find((one) => one.bits === bits && one.bandwidthGBps === 64)!.standing;
    expect([standing(16).totalCycles, standing(4).totalCycles]).toEqual([1_859_924, 411_476]);
    for (const bandwidthGBps of [64, 32]) {
      const own = series.filter((one) => one.bandwidthGBps === bandwidthGBps);
      const shares = own.map(({ best }) => best.macFraction);
      expect(own.map(({ bits }) => bits)).toEqual([16, 8, 4, 2]);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    }
  });
});
