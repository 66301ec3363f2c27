import { describe, expect, it } from 'vitest';
import { archOf } from '../../test/properties/machines.test-data.js';
import { resolveMachine, type ArchSpec } from '../arch/index.js';
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

  it('says which layers lose by a larger array of narrower units, and only there', () => {
    // Area w a + 2 (w + a) + 12 with w = a: 332 at 16 bits, 24 at 2, so 64 elements become 885. The 8 x 8 array grows to
    // some 30 x 30, whose fill and drain of 58 a linear layer of one vector cannot amortise.
    const question = { network, bits: [2], mode: 'latency', bandwidthsGBps: [Infinity] } as const;
    const [larger] = simulateRuns({ ...question, arch: archOf({ rows: 8, columns: 8, mac: 'dedicated-to-run' }) });
    const baseline = alone16(archOf({ rows: 8, columns: 8, mac: 'dedicated-to-run' }));
    const { result } = larger!;
    expect(result.arch.rows).toBeGreaterThan(8);
    const slower = result.layers.filter(({ totalCycles }, index) => totalCycles > baseline.layers[index]!.totalCycles);
    expect(slower.map(({ name }) => name)).toEqual(['last']);
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0]).toContain('last');
    expect(result.warnings[0]).not.toContain('middle');
    const [same] = simulateRuns({ ...question, arch: archOf({ rows: 8, columns: 8 }) });
    expect(same!.result.warnings).toEqual([]);
  });
});

/** The baseline by itself, behind an unlimited channel. */
function alone16(spec: ArchSpec) {
  const precision = assignPrecision(network, { policy: 'edges', bits: 16 });
  return simulateNetwork(network, precision, resolveMachine(spec, { bits: 16, bandwidthGBps: Infinity }), 'latency');
}
