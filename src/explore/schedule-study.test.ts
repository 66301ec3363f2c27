import { describe, expect, it } from 'vitest';
import { archOf } from '../../test/properties/machines.test-data.js';
import { buildNetwork } from '../workload/index.js';
import {
  SCHEDULE_NAMES,
  STUDIED_BANDWIDTHS_GBPS,
  STUDIED_BITS,
  studySchedules,
  superLinearShare,
} from './schedule-study.js';

describe('superLinearShare', () => {
  it('is the part of what exceeds the peak that is left', () => {
    // 4.5x over a peak of 4x, of which 4.125x keeps a quarter.
    expect(superLinearShare(4.125, 4.5, 4)).toBe(0.25);
    expect(superLinearShare(4.5, 4.5, 4)).toBe(1);
    expect(superLinearShare(3.75, 4.5, 4)).toBe(-0.5);
  });

  it('is nothing to speak of where nothing exceeds the peak', () => {
    expect(superLinearShare(3, 3.9, 4)).toBeNull();
  });
});

describe('studySchedules', () => {
  // First and last stay at 8 bits; the one between is as narrow as is asked.
  const network = buildNetwork({
    name: 'three',
    inputs: [{ name: 'x', channels: 8, height: 32, width: 32 }],
    layers: [
      { name: 'a', kind: 'convolution', input: 'x', outputChannels: 16, kernel: 3, padding: 1 },
      { name: 'b', kind: 'convolution', input: 'a', outputChannels: 16, kernel: 1 },
      { name: 'c', kind: 'convolution', input: 'b', outputChannels: 8, kernel: 3, padding: 1 },
    ],
  });

  it('runs each schedule at each width and bandwidth, and compares like with like', () => {
    const arch = archOf({ capacityKiB: 12, rows: 8, columns: 8 });
    const { gains, runs } = studySchedules({ arch, network, mode: 'latency' });
    expect(runs).toHaveLength(STUDIED_BANDWIDTHS_GBPS.length * (1 + STUDIED_BITS.length) * SCHEDULE_NAMES.length);
    expect(gains).toHaveLength(STUDIED_BANDWIDTHS_GBPS.length * STUDIED_BITS.length * SCHEDULE_NAMES.length);
    const cycles = (bits: number, bandwidthGBps: number, schedule: string) =>
      runs.find(
        (run) =>
          run.schedule === schedule &&
          run.result.precision.bits === bits &&
          run.result.arch.bandwidthGBps === bandwidthGBps,
      )!.result.totals.totalCycles;
    for (const { bits, bandwidthGBps, schedule, ofBoth, againstBaseline, peak } of gains) {
      const baseline = cycles(16, bandwidthGBps, schedule);
      expect(ofBoth).toBeCloseTo(baseline / cycles(bits, bandwidthGBps, schedule), 9);
      expect(againstBaseline).toBeCloseTo(baseline / cycles(bits, bandwidthGBps, 'layer by layer'), 9);
      expect(peak).toBe(16 / bits);
    }
  });
});
