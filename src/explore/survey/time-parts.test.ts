import { describe, expect, it } from 'vitest';
import { tinyRuns } from '../../../test/fixtures/runs.js';
import type { NetworkResult } from '../../performance/index.js';
import { buildNetwork } from '../../workload/index.js';
import { timeParts, type TimeParts } from './time-parts.js';

/** The network of the tiny runs; their shapes do not matter here, their kinds do. */
function tinyNetwork(groups = 1) {
  return buildNetwork({
    name: 'tiny-net',
    inputs: [{ name: 'x', channels: 4, height: 4, width: 4 }],
    layers: [
      { name: 'conv', kind: 'convolution', input: 'x', outputChannels: 4, kernel: 1, groups },
      { name: 'add', kind: 'addition', inputs: ['conv', 'x'] },
      { name: 'fc', kind: 'linear', input: 'add', outputFeatures: 10, flatten: true },
    ],
  });
}

describe('parts of the time', () => {
  const { baseline: before, run: after } = tinyRuns();
  const [baseline, run] = [before.result, after.result];

  /**
   * 16 bits take 10,000 cycles, so the linear time at 4 bits is 2,500, of which
   *   conv  1,300 + 100 against (5,000 + 1,000) / 4: work + 50, waiting - 150
   *   add     200 +   0 against (  500 +   500) / 4: work + 75, waiting - 125
   *   fc    bound by memory in both: 400 against 3,000 / 4, - 350 whole
   */
  it('say layer by layer what each takes beyond its linear time', () => {
    const parts = timeParts({ network: tinyNetwork(), baseline, run, withoutEdges: run, peak: 4 });
    expect(parts.edges).toBe(0);
    expect(parts.groups).toBe(0);
    expect(parts.array).toBeCloseTo(50 / 2500, 12);
    expect(parts.vectorUnit).toBeCloseTo(75 / 2500, 12);
    expect(parts.memory).toBeCloseTo((-150 - 125 - 350) / 2500, 12);
    // 4 / 5 - 1: what is left of the linear time at a speedup of 5.
    expect(sum(parts)).toBeCloseTo(-0.2, 12);
  });

  it('count the work of a convolution in groups apart', () => {
    const parts = timeParts({ network: tinyNetwork(2), baseline, run, withoutEdges: run, peak: 4 });
    expect(parts.array).toBe(0);
    expect(parts.groups).toBeCloseTo(50 / 2500, 12);
  });

  it('say what wider operands in the first and last layer cost', () => {
    const edged = withLatency(run, 2200);
    const parts = timeParts({ network: tinyNetwork(), baseline, run: edged, withoutEdges: run, peak: 4 });
    expect(parts.edges).toBeCloseTo(200 / 2500, 12);
    expect(sum(parts)).toBeCloseTo(2200 / 2500 - 1, 12);
  });

  it('compare times, not cycles, where clocks differ', () => {
    const slow = { ...run, arch: { ...run.arch, clockGHz: 0.5 }, totals: { ...run.totals, latencyMs: 4000 / 1e6 } };
    const parts = timeParts({ network: tinyNetwork(), baseline, run: slow, withoutEdges: slow, peak: 2 });
    // Twice the time, and half the ratio of peaks.
    expect(sum(parts)).toBeCloseTo(-0.2, 12);
  });
});

function withLatency(result: NetworkResult, cycles: number): NetworkResult {
  return { ...result, totals: { ...result.totals, totalCycles: cycles, latencyMs: cycles / 1e6 } };
}

function sum(parts: TimeParts): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
}
