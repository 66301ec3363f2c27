import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/arch/index.js';
import type { Objective } from '../../src/mapping/index.js';
import type { NetworkResult } from '../../src/performance/index.js';
import { assignPrecision, type PolicyChoice } from '../../src/precision/index.js';
import { simulateNetwork } from '../../src/simulate/index.js';
import { readNetwork } from '../../src/workload/index.js';
import { machineOf, type MachineSketch } from './machines.test-data.js';
import { anyBits, anyRun, simulate, type Asked } from './runs.test-data.js';

/** Time of a better machine or narrower operands against that of the worse: never more, and what fitted still fits. */
function expectNoSlower(better: NetworkResult | null, worse: NetworkResult | null): void {
  if (worse === null) return;
  expect(better).not.toBeNull();
  expect(better?.residency.exact && worse.residency.exact).toBe(true);
  expect(better?.totals.totalCycles).toBeLessThanOrEqual(worse.totals.totalCycles);
}

describe('never slower', () => {
  it('with more bandwidth', () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom(1.01, 1.5, 2, 30, Infinity), (asked, factor) => {
        const more = machineOf({ ...asked.sketch, bandwidthGBps: asked.sketch.bandwidthGBps * factor });
        expectNoSlower(simulate(asked, more), simulate(asked));
      }),
      { numRuns: 100 },
    );
  });

  it('with more bandwidth on chip, with multicast, with a smaller burst', () => {
    const better = fc.constantFrom<(sketch: MachineSketch) => [Partial<MachineSketch>, Partial<MachineSketch>]>(
      ({ scratchpadBytesPerCycle }) => [{ scratchpadBytesPerCycle: 2 * scratchpadBytesPerCycle }, {}],
      ({ shared }) => [{ shared: shared && { ...shared, bytesPerCycle: 2 * shared.bytesPerCycle } }, {}],
      ({ interconnectBytesPerCycle }) => [{ interconnectBytesPerCycle: 2 * interconnectBytesPerCycle }, {}],
      () => [{ multicast: true }, { multicast: false }],
      ({ burstBytes }) => [{}, { burstBytes: 4 * burstBytes }],
    );
    fc.assert(
      fc.property(anyRun, better, (asked, change) => {
        const [more, less] = change(asked.sketch).map((fields) => machineOf({ ...asked.sketch, ...fields }));
        expectNoSlower(simulate(asked, more), simulate(asked, less));
      }),
      { numRuns: 100 },
    );
  });

  it('with less latency', () => {
    fc.assert(
      fc.property(anyRun, fc.integer({ min: 1, max: 200 }), (asked, extra) => {
        const more = machineOf({ ...asked.sketch, latencyNs: asked.sketch.latencyNs + extra });
        expectNoSlower(simulate(asked), simulate(asked, more));
      }),
      { numRuns: 80 },
    );
  });

  it('with more scratchpad, or more of a shared buffer', () => {
    fc.assert(
      fc.property(anyRun, fc.integer({ min: 1, max: 20 }), fc.boolean(), (asked, extra, inShared) => {
        const { shared, capacityKiB } = asked.sketch;
        const more =
          inShared && shared !== null
            ? { shared: { ...shared, bytes: shared.bytes + 1024 * extra } }
            : { capacityKiB: capacityKiB + extra };
        expectNoSlower(simulate(asked, machineOf({ ...asked.sketch, ...more })), simulate(asked));
      }),
      { numRuns: 100 },
    );
  });

  it('with fewer bits', () => {
    const choices = fc.record({
      asked: anyRun,
      bits: fc.uniqueArray(anyBits, { minLength: 2, maxLength: 2 }),
      edgeBits: fc.constantFrom<number | 'same'>(8, 8, 'same', 16),
    });
    fc.assert(
      fc.property(choices, ({ asked, bits, edgeBits }) => {
        const [narrow, wide] = [Math.min(...bits), Math.max(...bits)];
        const { policy } = asked.choice;
        const choice = (width: number): PolicyChoice =>
          policy === 'edges' ? { policy, bits: width, edgeBits } : { policy: 'uniform', bits: width };
        expectNoSlower(simulate({ ...asked, choice: choice(narrow) }), simulate({ ...asked, choice: choice(wide) }));
      }),
      { numRuns: 150 },
    );
  });

  it('with fewer bits in one layer, of its weights or of what it reads', () => {
    const draw = fc.record({ asked: anyRun, layer: fc.nat(), wide: anyBits, narrow: anyBits, weights: fc.boolean() });
    fc.assert(
      fc.property(draw, ({ asked, layer, wide, narrow, weights }) => {
        const { name, secondOperand } = asked.network.layers[layer % asked.network.layers.length]!;
        const field = weights && secondOperand === 'weights' ? 'weightBits' : 'activationBits';
        const choice = (bits: number): PolicyChoice => ({
          policy: 'per-layer',
          source: 'drawn',
          default: { weightBits: wide, activationBits: wide },
          layers: { [name]: { [field]: bits } },
        });
        const [one, other] = [Math.min(wide, narrow), wide].map((bits) => simulate({ ...asked, choice: choice(bits) }));
        expectNoSlower(one!, other!);
      }),
      { numRuns: 100 },
    );
  });

  it('with weights that may stay than without', () => {
    fc.assert(
      fc.property(anyRun, (asked) => {
        expectNoSlower(simulate({ ...asked, mode: 'throughput' }), simulate({ ...asked, mode: 'latency' }));
      }),
      { numRuns: 80 },
    );
  });

  it('with another dataflow to choose from', () => {
    fc.assert(
      fc.property(anyRun, (asked) => {
        const more = new Set([
          ...asked.sketch.dataflows,
          'weight-stationary',
          'output-stationary',
          'row-stationary',
        ] as const);
        const all = machineOf({ ...asked.sketch, dataflows: [...more] });
        expectNoSlower(simulate(asked, all), simulate(asked));
      }),
      { numRuns: 80 },
    );
  });
});

describe('off-chip bytes', () => {
  it('are no more with fewer bits and more memory where mappings are chosen for them', () => {
    const draw = fc.record({ asked: anyRun, bits: fc.uniqueArray(anyBits, { minLength: 2, maxLength: 2 }) });
    const bytesOf = (asked: Asked, machine: Machine) => simulate(asked, machine, 'off-chip-bytes');
    fc.assert(
      fc.property(draw, fc.nat(8), ({ asked, bits }, extraKiB) => {
        const { sketch } = asked;
        const [narrow, wide] = [Math.min(...bits), Math.max(...bits)];
        const policy = asked.choice.policy === 'edges' ? 'edges' : 'uniform';
        const more = { ...sketch, capacityKiB: sketch.capacityKiB + extraKiB };
        const better = bytesOf({ ...asked, choice: { policy, bits: narrow } }, machineOf(more));
        const worse = bytesOf({ ...asked, choice: { policy, bits: wide } }, machineOf(sketch));
        fc.pre(worse !== null);
        expect(better?.residency.exact && worse.residency.exact).toBe(true);
        expect(better?.totals.offChipBytes.total).toBeLessThanOrEqual(worse.totals.offChipBytes.total);
      }),
      { numRuns: 60 },
    );
  });

  it('may be more with fewer bits where mappings are chosen for time, as in LeNet at 7 bits against 8', () => {
    const network = readNetwork(readFileSync(new URL('../../examples/lenet.json', import.meta.url), 'utf8'), 'lenet');
    const sketch = { rows: 8, columns: 8, capacityKiB: 1, bandwidthGBps: 4, vectorLanes: 8 };
    const ask = (bits: number, objective: Objective) => {
      const choice = { policy: 'uniform', bits } as const;
      const precision = assignPrecision(network, choice);
      const { totals } = simulateNetwork(network, precision, machineOf(sketch), 'throughput', objective);
      return { bytes: totals.offChipBytes.total, cycles: totals.totalCycles };
    };
    // At 7 bits conv2 double-buffers everything for tiles of one row, at 8 only inputs, for tiles of two: fewer halos, less overlap.
    const [narrow, wide] = [ask(7, 'latency'), ask(8, 'latency')];
    expect([narrow, wide]).toEqual([
      { bytes: 95_859, cycles: 26_827 },
      { bytes: 94_192, cycles: 29_351 },
    ]);
    expect(ask(7, 'off-chip-bytes').bytes).toBeLessThan(ask(8, 'off-chip-bytes').bytes);
  });
});
