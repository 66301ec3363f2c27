import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/arch/index.js';
import type { NetworkResult } from '../../src/performance/index.js';
import { assignPrecision } from '../../src/precision/index.js';
import { planNetwork, simulateNetwork } from '../../src/simulate/index.js';
import { buildNetwork, nestOperations } from '../../src/workload/index.js';
import { machineOf, type MachineSketch } from './machines.test-data.js';
import { anyBits, anyRun, simulate } from './runs.test-data.js';

type Schedule = Machine['schedule'];

const more: Schedule[] = [
  { prefetch: 'next-layer', fusion: 'none' },
  { prefetch: 'none', fusion: 'chains' },
  { prefetch: 'next-layer', fusion: 'chains' },
];

function withSchedule(machine: Machine, schedule: Schedule): Machine {
  return { ...machine, schedule };
}

describe('weights loaded ahead and layers computed in stripes', () => {
  it('are never slower to choose from', () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom(...more), (asked, schedule) => {
        const machine = machineOf(asked.sketch);
        const plain = simulate(asked, machine);
        const free = simulate(asked, withSchedule(machine, schedule));
        if (plain === null) return;
        expect(free).not.toBeNull();
        expect(free!.residency.exact).toBe(true);
        expect(free!.totals.totalCycles).toBeLessThanOrEqual(plain.totals.totalCycles);
      }),
      { numRuns: 150 },
    );
  });

  it('are never slower with more memory, more bandwidth or fewer bits', () => {
    const better = fc.record({
      asked: anyRun,
      schedule: fc.constantFrom(...more),
      extraKiB: fc.constantFrom(0, 1, 5, 20),
      bandwidth: fc.constantFrom(1, 1.5, 8),
      bits: fc.uniqueArray(anyBits, { minLength: 2, maxLength: 2 }),
    });
    fc.assert(
      fc.property(better, ({ asked, schedule, extraKiB, bandwidth, bits }) => {
        const run = (width: number, sketch: MachineSketch) =>
          simulate({ ...asked, choice: { policy: 'uniform', bits: width } }, withSchedule(machineOf(sketch), schedule));
        const worse = run(Math.max(...bits), asked.sketch);
        if (worse === null) return;
        const { capacityKiB, bandwidthGBps } = asked.sketch;
        const best = run(Math.min(...bits), {
          ...asked.sketch,
          capacityKiB: capacityKiB + extraKiB,
          bandwidthGBps: bandwidthGBps * bandwidth,
        });
        expect(best).not.toBeNull();
        expect(best!.totals.totalCycles).toBeLessThanOrEqual(worse.totals.totalCycles);
      }),
      { numRuns: 120 },
    );
  });

  it('add up: every layer computes what it has to, and totals are sums', () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom(...more), ({ network, sketch, choice, mode }, schedule) => {
        const machine = withSchedule(machineOf({ ...sketch, capacityKiB: 64 }), schedule);
        const precision = assignPrecision(network, choice);
        const { pieces, plan } = planNetwork(network, precision, machine, mode);
        for (const { index, nest } of network.layers) {
          const own = pieces.filter(({ layer }) => layer === index);
          const done = own.reduce((sum, { problem, times }) => sum + times * nestOperations(problem.nest), 0);
          expect(done).toBe(nestOperations(nest));
        }
        const { layers, totals, residency } = simulateNetwork(network, precision, machine, mode);
        expect(totals.totalCycles).toBe(plan.cycles);
        expect(totals.offChipBytes.total).toBe(plan.offChipBytes);
        expect(residency.peakBytes).toBeLessThanOrEqual(residency.capacityBytes);
        for (const layer of layers) {
          expect(layer.stallCycles).toBeGreaterThanOrEqual(0);
          expect(layer.utilization).toBeLessThanOrEqual(1);
          expect(layer.offChipBytes.total).toBeGreaterThanOrEqual(layer.compulsoryBytes);
          expect(layer.totalCycles).toBeGreaterThanOrEqual(layer.offChipBytes.total / machine.offChipBytesPerCycle);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('load no weights twice that were loaded ahead', () => {
    fc.assert(
      fc.property(anyRun, ({ network, sketch, choice }) => {
        const machine = withSchedule(machineOf({ ...sketch, capacityKiB: 64 }), more[0]!);
        const { pieces, plan, steps } = planNetwork(network, assignPrecision(network, choice), machine, 'latency');
        for (const [at, step] of plan.steps.entries()) {
          const ahead = plan.steps[at - 1]?.nextQuarters ?? 0;
          expect(step.prefetchedQuarters).toBe(ahead);
          const { weightBytes } = steps.graph.layers[at]!;
          if (ahead === 0) continue;
          // What is left to load of each weight, and what came ahead, are the weight.
          const { secondBits, secondWidthBits } = pieces[at]!.problem;
          expect(secondBits).toBeCloseTo(secondWidthBits * (1 - ahead / 4), 9);
          expect(pieces[at - 1]!.problem.prefetchBytes).toBe(Math.ceil((weightBytes * ahead) / 4));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('layers computed in stripes', () => {
  // Two 3x3 convolutions with 16 KiB between them, and hardly any weights.
  const network = buildNetwork({
    name: 'pair',
    inputs: [{ name: 'x', channels: 8, height: 32, width: 32 }],
    layers: [
      { name: 'a', kind: 'convolution', input: 'x', outputChannels: 16, kernel: 3, padding: 1 },
      { name: 'b', kind: 'convolution', input: 'a', outputChannels: 8, kernel: 3, padding: 1 },
    ],
  });
  const run = (capacityKiB: number, fusion: Schedule['fusion']): NetworkResult => {
    const machine = machineOf({ capacityKiB, bandwidthGBps: 1, rows: 8, columns: 8 });
    const precision = assignPrecision(network, { policy: 'uniform', bits: 8 });
    return simulateNetwork(network, precision, withSchedule(machine, { prefetch: 'none', fusion }), 'latency');
  };

  it('do not move what lies between them, where it does not fit whole', () => {
    const [plain, striped] = [run(12, 'none'), run(12, 'chains')];
    const between = 16 * 32 * 32;
    expect(plain.layers[0]!.offChipBytes.outputs).toBe(between);
    expect(striped.layers[0]!.offChipBytes.outputs).toBe(0);
    expect(striped.layers[1]!.offChipBytes.inputs).toBe(0);
    expect(striped.totals.totalCycles).toBeLessThan(plain.totals.totalCycles);
    const [chain] = striped.residency.chains;
    expect(chain!.layers).toEqual(['a', 'b']);
    // Weights of 1,152 bytes each are better held than loaded again.
    expect(chain!.heldWeights).toEqual(['a', 'b']);
    expect(striped.totals.offChipBytes.weights).toBe(2 * 1152);
    expect(striped.residency.tensors[1]).toMatchObject({ tensor: 'a', place: 'on-chip', keptUntil: 'b' });
  });

  it('are not chosen where it fits', () => {
    const [plain, striped] = [run(64, 'none'), run(64, 'chains')];
    expect(plain.layers[0]!.offChipBytes.outputs).toBe(0);
    expect(striped.residency.chains).toEqual([]);
    expect(striped.totals).toEqual(plain.totals);
  });
});
