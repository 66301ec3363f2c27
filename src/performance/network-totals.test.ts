import { describe, expect, it } from 'vitest';
import { layer } from '../../test/fixtures/runs.js';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { totalsOf } from './network-totals.js';

// 256 x 16 / bits MACs per cycle: 256 at 16 bits, 1024 at 4.
const layers = [
  layer({
    name: 'wide',
    kind: 'convolution',
    macs: 51_200,
    bits: 16,
    cycles: [300, 100],
    moved: [10, 20, 30],
    bound: 'compute',
  }),
  layer({ name: 'add', kind: 'addition', macs: 0, bits: 4, cycles: [40, 10], moved: [0, 4, 2], bound: 'vector' }),
  layer({
    name: 'narrow',
    kind: 'linear',
    macs: 102_400,
    bits: 4,
    cycles: [100, 50],
    moved: [7, 0, 1],
    bound: 'memory',
  }),
];

describe('totalsOf', () => {
  it('sums layers, and takes ratios of the sums', () => {
    // 600 cycles at 1 GHz: 0.6 us. Peak at the narrowest operands: 1024. Utilization 153,600 / (1024 x 600) = 0.25.
    expect(totalsOf(layers, 1, machineOf({}))).toMatchObject({
      macs: 153_600,
      totalCycles: 600,
      computeCycles: 440,
      stallCycles: 160,
      latencyMs: 0.0006,
      utilization: 0.25,
      peakMacsPerCycle: 1024,
      offChipBytes: { weights: 17, inputs: 24, outputs: 33, total: 74 },
      compulsoryBytes: 74,
      leastBytes: 74,
      search: { considered: 300, pruned: 240, priced: 90 },
      areaMm2: null,
    });
  });

  it('adds up energies by component, and says what they come to for each operation and over time', () => {
    // Of the fixture: MACs take 51,200 + 102,400 / 4 = 76,800 pJ, registers half, the scratchpad 8 times that, off-chip
    // 64 x 74 = 4,736, the interconnect 74, the vector unit 1,024, leakage 2 x 600 = 1,200: 736,634 pJ in all.
    const totals = totalsOf(layers, 1, machineOf({}));
    expect(totals.energyPj).toEqual({
      mac: 76_800,
      registers: 38_400,
      scratchpad: 614_400,
      sharedBuffer: 0,
      interconnect: 74,
      offChip: 4736,
      vector: 1024,
      leakage: 1200,
      total: 736_634,
    });
    expect(totals.energyMj).toBe(736_634 / 1e9);
    expect(totals.topsPerWatt).toBe((2 * 153_600) / 736_634);
    expect(totals.energyDelayProductMjMs).toBe((736_634 / 1e9) * 0.0006);
  });

  it('has no energy where a layer has a part that is not known', () => {
    const unknown = layers.map((item, index) =>
      index === 1 ? { ...item, energyPj: { ...item.energyPj, vector: null, total: null } } : item,
    );
    expect(totalsOf(unknown, 1, machineOf({}))).toMatchObject({
      energyPj: { mac: 76_800, vector: null, total: null },
      energyMj: null,
      topsPerWatt: null,
      energyDelayProductMjMs: null,
    });
  });

  it('counts each sample of a batch as an inference', () => {
    const one = totalsOf(layers, 1, machineOf({}));
    const eight = totalsOf(layers, 8, machineOf({}));
    expect(one.inferencesPerSecond).toBeCloseTo(1e9 / 600, 3);
    expect(eight.inferencesPerSecond).toBeCloseTo(8e9 / 600, 3);
  });

  it('has no utilization of the array where nothing runs on it', () => {
    expect(totalsOf(layers.slice(1, 2), 1, machineOf({}))).toMatchObject({ peakMacsPerCycle: 0, utilization: 0 });
  });
});
