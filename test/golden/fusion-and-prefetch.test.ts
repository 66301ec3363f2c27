import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reproduce } from '../../src/node/cli/reproduce.js';
import { committedReport, expectCommitted } from './committed-report.js';

const committed = committedReport('fusion-and-prefetch');

interface Gain {
  readonly schedule: string;
  readonly bits: number;
  readonly bandwidthGBps: number;
  readonly peak: number;
  readonly againstBaseline: number;
  readonly ofBoth: number;
}

describe('accelsim reproduce --report fusion-and-prefetch', () => {
  it('writes what is committed in reports/fusion-and-prefetch', () => {
    expectCommitted('fusion-and-prefetch', (out, terminal) =>
      reproduce.run({ report: 'fusion-and-prefetch', out }, terminal),
    );
  });

  it('found what docs say of it: more freedom is never slower, and fusion serves the 16-bit baseline most', () => {
    const { gains, runs } = JSON.parse(readFileSync(join(committed, 'figures.json'), 'utf8')) as {
      gains: Gain[];
      runs: { schedule: string; bits: number; bandwidthGBps: number; totalCycles: number; exact: boolean }[];
    };
    expect(runs.every(({ exact }) => exact)).toBe(true);
    const cycles = (schedule: string, like: { bits: number; bandwidthGBps: number }) =>
      runs.find(
        (run) => run.schedule === schedule && run.bits === like.bits && run.bandwidthGBps === like.bandwidthGBps,
      )!.totalCycles;
    for (const run of runs) {
      expect(run.totalCycles).toBeLessThanOrEqual(cycles('layer by layer', run));
      expect(run.totalCycles).toBeGreaterThanOrEqual(cycles('fusion and prefetch', run));
    }
    for (const { schedule, bits, bandwidthGBps, peak, againstBaseline, ofBoth } of gains) {
      expect(ofBoth).toBeCloseTo(
        cycles(schedule, { bits: 16, bandwidthGBps }) / cycles(schedule, { bits, bandwidthGBps }),
        9,
      );
      expect(againstBaseline).toBeLessThanOrEqual(ofBoth);
      expect(peak).toBe(16 / bits);
      const plain = gains.find(
        (gain) => gain.schedule === 'layer by layer' && gain.bits === bits && gain.bandwidthGBps === bandwidthGBps,
      )!;
      if (schedule === 'fusion') expect(ofBoth).toBeLessThan(plain.ofBoth);
    }
  });
});
