import { describe, expect, it } from 'vitest';
import { archOf } from '../../test/properties/machines.test-data.js';
import { resolveMachine } from '../arch/index.js';
import { AccelsimError } from '../errors.js';
import { compareResults } from '../performance/index.js';
import { assignPrecision, type PolicyChoice } from '../precision/index.js';
import { buildNetwork } from '../workload/index.js';
import { simulateNetwork } from './network.js';
import { simulateRuns } from './runs.js';

const network = buildNetwork({
  name: 'three layers',
  inputs: [{ name: 'x', channels: 8, height: 6, width: 6 }],
  layers: [
    { name: 'first', kind: 'convolution', input: 'x', outputChannels: 16, kernel: 3, padding: 1 },
    { name: 'middle', kind: 'convolution', input: 'first', outputChannels: 16, kernel: 3, padding: 1 },
    { name: 'last', kind: 'linear', input: 'middle', outputFeatures: 10, flatten: true },
  ],
});
const arch = archOf({ cores: 2, capacityKiB: 2, bandwidthGBps: 3 });

/** One run by itself. */
function alone(choice: PolicyChoice, bandwidthGBps?: number) {
  const precision = assignPrecision(network, choice);
  const machine = resolveMachine(arch, {
    bits: precision.bits,
    ...(bandwidthGBps === undefined ? {} : { bandwidthGBps }),
  });
  return simulateNetwork(network, precision, machine, 'latency');
}

describe('simulateRuns', () => {
  it('runs each precision at each bandwidth, bandwidths outermost, each as it would run alone', () => {
    const runs = simulateRuns({ arch, network, bits: [8, 2], bandwidthsGBps: [Infinity, 1], mode: 'latency' });
    expect(runs.map(({ result }) => result)).toEqual([
      alone({ policy: 'edges', bits: 8 }, Infinity),
      alone({ policy: 'edges', bits: 2 }, Infinity),
      alone({ policy: 'edges', bits: 8 }, 1),
      alone({ policy: 'edges', bits: 2 }, 1),
    ]);
  });

  it('compares each with 16 bits at the same bandwidth', () => {
    const runs = simulateRuns({ arch, network, bits: [4], bandwidthsGBps: [8, 1], mode: 'latency' });
    for (const [at, bandwidth] of [8, 1].entries()) {
      const expected = compareResults(
        alone({ policy: 'edges', bits: 16 }, bandwidth),
        alone({ policy: 'edges', bits: 4 }, bandwidth),
      );
      expect(runs[at]!.speedup).toEqual(expected);
    }
  });

  it('compares with another baseline where asked to', () => {
    const [run] = simulateRuns({ arch, network, bits: [4], mode: 'latency', baselineBits: 8 });
    expect(run!.speedup).toMatchObject({ baselineBits: 8, factors: { peak: 2 } });
  });

  it('says what the next narrower precision would give', () => {
    const [run] = simulateRuns({ arch, network, bits: [4], mode: 'latency' });
    const narrower = alone({ policy: 'edges', bits: 2 });
    expect(run!.narrower).toEqual({
      bits: 2,
      edgeBits: 8,
      totalCycles: narrower.totals.totalCycles,
      latencyMs: narrower.totals.latencyMs,
      speedup: run!.result.totals.latencyMs / narrower.totals.latencyMs,
      layerCycles: narrower.layers.map((layer) => layer.totalCycles),
    });
  });

  it('knows no narrower precision below the narrowest mode', () => {
    const [run] = simulateRuns({ arch, network, bits: [2], mode: 'latency' });
    expect(run!.narrower).toBeNull();
  });

  it('passes the width of the first and last layer on to the baseline and the narrower run', () => {
    const [run] = simulateRuns({ arch, network, bits: [4], edgeBits: 'same', mode: 'latency' });
    expect(run!.result).toEqual(alone({ policy: 'edges', bits: 4, edgeBits: 'same' }));
    expect(run!.narrower).toMatchObject({ bits: 2, edgeBits: null });
    expect(run!.narrower!.totalCycles).toBe(alone({ policy: 'uniform', bits: 2 }).totals.totalCycles);
  });

  it('takes the bandwidth of the machine where none is given', () => {
    const [run] = simulateRuns({ arch, network, bits: [4], mode: 'latency' });
    expect(run!.result.arch.bandwidthGBps).toBe(3);
  });

  it('takes widths by layer in place of a nominal width, and knows no narrower ones', () => {
    const choice: PolicyChoice = {
      policy: 'per-layer',
      source: 'test',
      default: { weightBits: 4, activationBits: 4 },
      layers: { middle: { weightBits: 2 } },
    };
    const runs = simulateRuns({ arch, network, bits: [16, 8], policy: choice, mode: 'latency' });
    expect(runs).toHaveLength(1);
    expect(runs[0]!.result).toEqual(alone(choice));
    expect(runs[0]!.narrower).toBeNull();
    expect(runs[0]!.speedup!.baselineBits).toBe(16);
  });

  it('keeps to the policy of the question when it goes narrower', () => {
    // 4 bits everywhere, then 2 bits everywhere: not 2 bits with wider edges.
    const [run] = simulateRuns({ arch, network, bits: [], policy: { policy: 'uniform', bits: 4 }, mode: 'latency' });
    expect(run!.narrower).toMatchObject({ bits: 2, edgeBits: null });
    expect(run!.narrower!.totalCycles).toBe(alone({ policy: 'uniform', bits: 2 }).totals.totalCycles);
  });

  it('asks for at least one precision', () => {
    expect(() => simulateRuns({ arch, network, bits: [], mode: 'latency' })).toThrow(AccelsimError);
  });

  describe('on an array built for the width of each run', () => {
    // Area w a + 2 (w + a) + 12 with w = a: 332 at 16 bits, 24 at 2, so 64 elements become 885.
    const built = archOf({ rows: 8, columns: 8, mac: 'dedicated-to-run' });
    const run = (edgeBits: number | 'same', spec = built) => {
      const [only] = simulateRuns({
        arch: spec,
        network: vectors,
        bits: [2],
        edgeBits,
        bandwidthsGBps: [Infinity],
        mode: 'latency',
      });
      return only!.result;
    };

    it('names the layers that fill and drain a larger array for longer than narrower operands gain', () => {
      // 8 x 8 elements grow to 26 x 34. A fold of one vector takes 1 + 2 x 8 + 8 - 2 cycles on the one, 85 on the other.
      const { arch: size, warnings } = run('same');
      expect(size.rows * size.columns).toBeGreaterThan(800);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain('small');
      expect(warnings[0]).not.toContain('large');
    });

    it('has nothing to say where the array stays what it is', () => {
      expect(run('same', archOf({ rows: 8, columns: 8 })).warnings).toEqual([]);
    });

    it('does not blame fill and drain where the operands are wider than the silicon', () => {
      // At 8 bits every layer at the edge takes 16 passes of 2-bit units: 885 / 16 = 55 MACs per cycle in place of 64.
      const { layers, warnings } = run(8);
      const large = layers.find(({ name }) => name === 'large')!;
      expect(large.peakMacsPerCycle).toBeLessThan(64);
      expect(large.totalCycles).toBeGreaterThan((512 * 64 * 512) / 64);
      for (const warning of warnings.filter((text) => text.includes('fill'))) expect(warning).not.toContain('large');
    });
  });
});

/** A product that fills any array, and one that fills none. */
const vectors = buildNetwork({
  name: 'vectors',
  inputs: [{ name: 'x', channels: 512, height: 64, width: 1 }],
  layers: [
    { name: 'large', kind: 'linear', input: 'x', outputFeatures: 512 },
    { name: 'pool', kind: 'pooling', input: 'large', type: 'average', kernel: 'global' },
    { name: 'middle', kind: 'linear', input: 'pool', outputFeatures: 8 },
    { name: 'small', kind: 'linear', input: 'middle', outputFeatures: 8 },
  ],
});
