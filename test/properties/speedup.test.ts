import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveMachine } from '../../src/arch/index.js';
import { compareResults } from '../../src/performance/index.js';
import { assignPrecision } from '../../src/precision/index.js';
import { simulateNetwork, simulateRuns } from '../../src/simulate/index.js';
import { anyMachine, archOf } from './machines.test-data.js';
import { anyNetwork } from './networks.test-data.js';
import { anyBits, anyMode, anyRun, simulate } from './runs.test-data.js';

describe('speedup', () => {
  it('is the product of its factors, each the ratio it is called', () => {
    fc.assert(
      fc.property(anyRun, anyBits, (asked, bits) => {
        const baseline = simulate({ ...asked, choice: { policy: 'uniform', bits } });
        const result = simulate(asked);
        fc.pre(baseline !== null && result !== null);
        const { value, factors } = compareResults(baseline, result);
        const product = factors.peak * factors.utilization * factors.memoryRelief;
        expect(Math.abs(product / value - 1)).toBeLessThan(1e-12);
        const [before, after] = [baseline.totals, result.totals];
        const relief = before.totalCycles / before.computeCycles / (after.totalCycles / after.computeCycles);
        expect(Math.abs(factors.memoryRelief / relief - 1)).toBeLessThan(1e-12);
        if (before.macs > 0) {
          expect(factors.peak).toBe(after.peakMacsPerCycle / before.peakMacsPerCycle);
          const whileComputing = (totals: typeof before) =>
            totals.macs / (totals.peakMacsPerCycle * totals.computeCycles);
          expect(Math.abs(factors.utilization / (whileComputing(after) / whileComputing(before)) - 1)).toBeLessThan(
            1e-12,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('and what a narrower run would give agree with runs made one by one', () => {
    const question = fc.record({
      network: anyNetwork,
      sketch: anyMachine,
      bits: fc.uniqueArray(fc.constantFrom(16, 8, 4, 2), { minLength: 1, maxLength: 2 }),
      bandwidths: fc.uniqueArray(fc.constantFrom(0.5, 4, Infinity), { minLength: 1, maxLength: 2 }),
      mode: anyMode,
    });
    fc.assert(
      fc.property(question, ({ network, sketch, bits, bandwidths, mode }) => {
        const arch = archOf(sketch);
        const alone = (width: number, bandwidthGBps: number) =>
          simulateNetwork(
            network,
            assignPrecision(network, { policy: 'edges', bits: width }),
            resolveMachine(arch, { bits: width, bandwidthGBps }),
            mode,
          );
        fc.pre(simulate({ network, sketch, choice: { policy: 'edges', bits: 16 }, mode }) !== null);
        const runs = simulateRuns({ arch, network, bits, bandwidthsGBps: bandwidths, mode });
        expect(runs).toHaveLength(bits.length * bandwidths.length);
        for (const { result, speedup, narrower } of runs) {
          const { bandwidthGBps } = result.arch;
          expect(result).toEqual(alone(result.precision.bits!, bandwidthGBps));
          expect(speedup).toEqual(compareResults(alone(16, bandwidthGBps), result));
          if (narrower === null) continue;
          const next = alone(narrower.bits, bandwidthGBps);
          expect(narrower.bits).toBeLessThan(result.precision.bits!);
          expect(narrower.totalCycles).toBe(next.totals.totalCycles);
          expect(narrower.layerCycles).toEqual(next.layers.map(({ totalCycles }) => totalCycles));
          expect(narrower.speedup).toBe(result.totals.latencyMs / next.totals.latencyMs);
          expect(narrower.speedup).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 25 },
    );
  });
});
