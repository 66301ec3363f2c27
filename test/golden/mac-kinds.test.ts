import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reproduce } from '../../src/node/cli/reproduce.js';
import { committedReport, expectCommitted } from './committed-report.js';

const committed = committedReport('mac-kinds');

interface Point {
  readonly bits: number;
  readonly macArrayMm2: number;
  readonly peakMacsPerCycle: number;
  readonly macEnergyPj: number;
  readonly totalCycles: number;
  readonly exact: boolean;
}

describe('accelsim reproduce --report mac-kinds', () => {
  it('writes what is committed in reports/mac-kinds', () => {
    expectCommitted('mac-kinds', (out, terminal) => reproduce.run({ report: 'mac-kinds', out }, terminal));
  });

  it('gave all the same silicon, and found the peaks that the kinds are published for', () => {
    const { macBudgetMm2, kinds } = JSON.parse(readFileSync(join(committed, 'figures.json'), 'utf8')) as {
      macBudgetMm2: number;
      kinds: { name: string; points: Point[] }[];
    };
    const points = kinds.flatMap((kind) => kind.points);
    expect(points.every(({ exact }) => exact)).toBe(true);
    for (const { macArrayMm2 } of points) {
      expect(macArrayMm2).toBeLessThanOrEqual(16 * macBudgetMm2 * (1 + 1e-9));
      expect(macArrayMm2).toBeGreaterThan(16 * macBudgetMm2 * 0.95);
    }
    /** Peak over that at 16 bits. */
    const peak = (name: string, bits: number) => {
      const own = kinds.find((kind) => kind.name === name)!.points;
      const at = (width: number) => own.find((point) => point.bits === width)!.peakMacsPerCycle;
      return at(bits) / at(16);
    };
    const bits = [8, 7, 6, 5, 4, 3, 2, 1];
    // PACT, section 6: 16 to 4 bits is 4 times the peak.
    expect(peak('configurable', 4)).toBe(4);
    // Stripes: 16 / p; Loom: 16 x 16 / (p p).
    for (const p of bits) {
      expect(peak('bit-serial activations', p)).toBeCloseTo(16 / p, 9);
      expect(peak('bit-serial weights and activations', p)).toBeCloseTo(256 / p ** 2, 9);
    }
    // Bit Fusion: 4 times for every width halved.
    expect([8, 4, 2].map((p) => peak('fused bricks, 2 to 16 bits', p))).toEqual([4, 16, 64]);
    // PACT, Fig. 6(b): 14 times the MACs of 2 bits fit where one of 16 does, less what rows and columns cannot use.
    expect(peak('dedicated to each width', 2)).toBeCloseTo(14, 0);
    // Fewer bits are never slower but where the array changes its shape, which here it does not either.
    for (const kind of kinds)
      for (const [at, { totalCycles }] of kind.points.entries())
        expect(totalCycles).toBeLessThanOrEqual(kind.points[at - 1]?.totalCycles ?? Infinity);
  });
});
