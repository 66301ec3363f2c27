import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { AccelsimError } from '../errors.js';
import { searchMappings } from '../mapping/index.js';
import { assignPrecision } from '../precision/index.js';
import { buildNetwork, withBatch } from '../workload/index.js';
import { LayerPricer, type Mode } from '../performance/index.js';
import { layerProblem } from './layer-problem.js';
import { simulateNetwork } from './network.js';

/** Two products of 1 x 4 by 4 x 4 after one another. */
const chain = buildNetwork({
  name: 'chain',
  inputs: [{ name: 'x', channels: 4, height: 1, width: 1 }],
  layers: [
    { name: 'first', kind: 'linear', input: 'x', outputFeatures: 4 },
    { name: 'second', kind: 'linear', input: 'first', outputFeatures: 4 },
  ],
});
const machine = machineOf({ rows: 4, columns: 4, bandwidthGBps: 8, capacityKiB: 2 });

function simulate(mode: Mode, on = machine, bits = 16) {
  return simulateNetwork(chain, assignPrecision(chain, { policy: 'uniform', bits }), on, mode);
}

describe('simulateNetwork', () => {
  it('keeps the tensor between two layers on chip', () => {
    // First: 8 bytes of x and 32 of weights take 5 cycles, the fold 1 + 2 x 4 + 4 - 2 = 11, nothing is stored.
    // Second: 32 bytes of weights take 4, the fold 11, 8 bytes of outputs 1.
    const result = simulate('latency');
    expect(result.layers.map((layer) => layer.totalCycles)).toEqual([16, 16]);
    expect(result.layers.map((layer) => layer.resident)).toEqual([['output'], ['input']]);
    expect(result.totals).toMatchObject({
      macs: 32,
      totalCycles: 32,
      computeCycles: 22,
      stallCycles: 10,
      offChipBytes: { weights: 64, inputs: 8, outputs: 8, total: 80 },
      compulsoryBytes: 80,
      peakMacsPerCycle: 16,
      utilization: 32 / (16 * 32),
    });
    expect(result.warnings).toEqual([]);
  });

  it('says where every tensor and all weights live, and the most that was in use', () => {
    const { residency } = simulate('latency');
    // First: 8 bytes kept, tiles of 8 (x), 32 (weights) and 16 (sums). Second: 8 kept, 32 and 16 and no more.
    expect(residency).toMatchObject({ exact: true, capacityBytes: 2048, peakBytes: 64, weightRegionBytes: 0 });
    expect(
      residency.tensors.map(({ tensor, kind, bytes, place, keptUntil }) => [tensor, kind, bytes, place, keptUntil]),
    ).toEqual([
      ['x', 'activation', 8, 'off-chip', null],
      ['first', 'activation', 8, 'on-chip', 'second'],
      ['second', 'activation', 8, 'off-chip', null],
      ['first', 'weights', 32, 'off-chip', null],
      ['second', 'weights', 32, 'off-chip', null],
    ]);
  });

  it('keeps weights from one inference to the next where they are asked for steadily', () => {
    // Nothing but 8 bytes of x and of outputs move: 1 + 11 and 11 + 1. All 64 bytes of weights are set aside for.
    const result = simulate('throughput');
    expect(result.layers.map((layer) => layer.totalCycles)).toEqual([12, 12]);
    expect(result.totals.offChipBytes).toEqual({ weights: 0, inputs: 8, outputs: 8, total: 16 });
    expect(result.residency.weightRegionBytes).toBe(64);
    expect(result.layers.map((layer) => layer.resident)).toEqual([
      ['output', 'weights'],
      ['input', 'weights'],
    ]);
  });

  it('loads weights of the next layer behind the work of this one, where the schedule may', () => {
    // First: 5 cycles, then its fold of 11, behind which the 32 bytes of the second's weights come in 4. Second: 11 and 1.
    const result = simulate('latency', { ...machine, schedule: { prefetch: 'next-layer', fusion: 'none' } });
    expect(result.layers.map((layer) => layer.totalCycles)).toEqual([16, 12]);
    expect(result.layers.map(({ offChipBytes }) => offChipBytes.weights)).toEqual([64, 0]);
    expect(result.residency.prefetched).toEqual([{ layer: 'second', fraction: 1 }]);
    expect(result.residency.chains).toEqual([]);
  });

  it('moves half the bytes at half the bits', () => {
    // 4 + 16 bytes take 2.5 cycles and the fold 11 (its rows are deeper, but the reduction is not): 13.5, up to 14.
    // Then 16 bytes, 2 cycles, 11, and 4 bytes, half a cycle: 13.5.
    expect(simulate('latency', machine, 8).layers.map((layer) => layer.totalCycles)).toEqual([14, 14]);
  });

  it('names machine, workload, question and precision', () => {
    expect(simulate('latency')).toMatchObject({
      arch: {
        name: 'sketch',
        cores: 1,
        rows: 4,
        columns: 4,
        macKind: 'configurable',
        designBits: 16,
        clockGHz: 1,
        scratchpadKiBPerCore: 2,
        bandwidthGBps: 8,
      },
      workload: { name: 'chain', batch: 1 },
      mode: 'latency',
      precision: { bits: 16, edgeBits: null },
    });
  });

  it('takes the batch of the network', () => {
    const batch = withBatch(chain, 3);
    const result = simulateNetwork(batch, assignPrecision(batch, { policy: 'uniform', bits: 16 }), machine, 'latency');
    expect(result.totals.macs).toBe(96);
    expect(result.totals.inferencesPerSecond).toBeCloseTo(3 / (result.totals.latencyMs / 1000), 6);
  });

  it('keeps a shortcut over the branch it goes around, and adds in place', () => {
    // a is read by b and by the addition: kept for both, it is never read or written off-chip. 16 x 8 x 8 elements at
    // 16 bits are 2 KiB each; 3 tensors at once do not fit 6 KiB beside the tiles, 2 do: the sum takes b's place.
    const shortcut = buildNetwork({
      name: 'shortcut',
      inputs: [{ name: 'x', channels: 16, height: 8, width: 8 }],
      layers: [
        { name: 'a', kind: 'convolution', input: 'x', outputChannels: 16, kernel: 1 },
        { name: 'b', kind: 'convolution', input: 'a', outputChannels: 16, kernel: 1 },
        { name: 'sum', kind: 'addition', inputs: ['b', 'a'] },
        { name: 'c', kind: 'convolution', input: 'sum', outputChannels: 16, kernel: 1 },
      ],
    });
    const precision = assignPrecision(shortcut, { policy: 'uniform', bits: 16 });
    const result = simulateNetwork(shortcut, precision, machineOf({ capacityKiB: 6 }), 'latency');
    const places = result.residency.tensors
      .slice(0, 5)
      .map(({ tensor, place, keptUntil }) => [tensor, place, keptUntil]);
    expect(places).toEqual([
      ['x', 'off-chip', null],
      ['a', 'on-chip', 'sum'],
      ['b', 'on-chip', 'sum'],
      ['sum', 'on-chip', 'c'],
      ['c', 'off-chip', null],
    ]);
    expect(result.layers[2]).toMatchObject({
      stallCycles: 0,
      offChipBytes: { total: 0 },
      resident: ['input', 'output'],
    });
  });

  it('drops a shortcut after its first reader where the branch needs the room, and reads it off-chip at the join', () => {
    // a takes 1 KiB, b 2, c 1.5: in 4 KiB all three never fit. Of the ways to do without one, a off-chip for the join is
    // the cheapest, 1 KiB out and in; b still reads it on chip.
    const bottleneck = buildNetwork({
      name: 'wide branch',
      inputs: [{ name: 'x', channels: 8, height: 8, width: 8 }],
      layers: [
        { name: 'a', kind: 'convolution', input: 'x', outputChannels: 8, kernel: 1 },
        { name: 'b', kind: 'convolution', input: 'a', outputChannels: 16, kernel: 1 },
        { name: 'c', kind: 'convolution', input: 'b', outputChannels: 12, kernel: 1 },
        { name: 'join', kind: 'concatenation', inputs: ['c', 'a'] },
      ],
    });
    const precision = assignPrecision(bottleneck, { policy: 'uniform', bits: 16 });
    const slow = machineOf({ capacityKiB: 4, bandwidthGBps: 1 });
    const { layers, residency } = simulateNetwork(bottleneck, precision, slow, 'latency');
    const places = residency.tensors.slice(0, 5).map(({ tensor, place, keptUntil }) => [tensor, place, keptUntil]);
    expect(places).toEqual([
      ['x', 'off-chip', null],
      ['a', 'both', 'b'],
      ['b', 'on-chip', 'c'],
      ['c', 'on-chip', 'join'],
      ['join', 'off-chip', null],
    ]);
    expect(layers.map(({ resident }) => resident)).toEqual([[], ['input', 'output'], ['input', 'output'], []]);
    // x in and a out; weights; weights; a in and the join out.
    expect(layers.map(({ offChipBytes }) => [offChipBytes.inputs, offChipBytes.outputs])).toEqual([
      [1024, 1024],
      [0, 0],
      [0, 0],
      [1024, 2560],
    ]);
  });

  it('tells which of two inputs is on chip', () => {
    // 1 KiB and 3 KiB: either fits in 4 KiB, both leave no room for tiles.
    const pair = buildNetwork({
      name: 'pair',
      inputs: [{ name: 'x', channels: 1, height: 8, width: 8 }],
      layers: [
        { name: 'small', kind: 'convolution', input: 'x', outputChannels: 8, kernel: 1 },
        { name: 'large', kind: 'convolution', input: 'x', outputChannels: 24, kernel: 1 },
        { name: 'join', kind: 'concatenation', inputs: ['small', 'large'] },
      ],
    });
    const precision = assignPrecision(pair, { policy: 'uniform', bits: 16 });
    const slow = machineOf({ capacityKiB: 4, bandwidthGBps: 1 });
    const { layers } = simulateNetwork(pair, precision, slow, 'latency');
    // 1,024 bytes of the small one come in, 4,096 of the join go out, and hardly anything else takes time.
    expect(layers[2]!.offChipBytes).toEqual({ weights: 0, inputs: 1024, outputs: 4096, total: 5120 });
    expect(layers[2]!.totalCycles).toBeGreaterThanOrEqual(5120);
    expect(layers[2]!.totalCycles).toBeLessThan(5120 + 100);
  });

  it('says which layer cannot fit, how much it needs and how much there is', () => {
    // A 40 x 40 kernel: 1600 inputs and 1600 weights of 2 bytes and a sum of 4 bytes at once, at least.
    const huge = buildNetwork({
      name: 'huge',
      inputs: [{ name: 'x', channels: 1, height: 40, width: 40 }],
      layers: [
        { name: 'small', kind: 'activation', input: 'x', function: 'relu' },
        { name: 'wide', kind: 'convolution', input: 'small', outputChannels: 1, kernel: 40 },
      ],
    });
    const precision = assignPrecision(huge, { policy: 'uniform', bits: 16 });
    const error = errorOf(() => simulateNetwork(huge, precision, machineOf({ capacityKiB: 2 }), 'latency'));
    expect(error.issues).toHaveLength(1);
    expect(error.message).toContain('layer wide');
    expect(error.message).toContain(`${1600 * 4 + 4} bytes`);
    expect(error.message).toContain('2048 bytes');
    expect(error.message).toContain('7 KiB');
    expect(() => simulateNetwork(huge, precision, machineOf({ capacityKiB: 7 }), 'latency')).not.toThrow();
    expect(() => simulateNetwork(huge, precision, machineOf({ capacityKiB: 6 }), 'throughput')).toThrow(AccelsimError);
  });

  it('tells the inputs of a layer with sixty of them apart', () => {
    // Three small tensors first, then large ones that never fit, then small ones: whether the first are on chip must
    // still be seen when the last are.
    const isSmall = (index: number) => index < 3 || index > 54;
    const heads = Array.from({ length: 60 }, (_, index) => ({
      name: `head${index}`,
      kind: 'activation' as const,
      input: isSmall(index) ? 'small' : 'large',
      function: 'relu' as const,
    }));
    const join = { name: 'join', kind: 'concatenation' as const, inputs: heads.map(({ name }) => name) };
    const many = buildNetwork({
      name: 'many',
      inputs: [
        { name: 'small', channels: 1, height: 16, width: 16 },
        { name: 'large', channels: 8, height: 16, width: 16 },
      ],
      layers: [...heads, join],
    });
    const small = machineOf({ capacityKiB: 4, bandwidthGBps: 1 });
    const precision = assignPrecision(many, { policy: 'uniform', bits: 16 });
    const { layers, residency } = simulateNetwork(many, precision, small, 'latency');
    const onChip = residency.tensors.slice(2, 62).map(({ place }) => place === 'on-chip');
    const kept = onChip.filter((isKept) => isKept).length;
    expect(kept).toBeGreaterThan(0);
    // What the last layer costs by itself, with those inputs on chip (512 bytes each) and the rest of the room free.
    const problem = layerProblem(many, 60, precision, small, onChip, true, false);
    const alone = searchMappings(problem, small, new LayerPricer(problem, small)).best(4096 - kept * 512)!;
    expect(layers[60]!.totalCycles).toBe(alone.cycles);
    expect(layers[60]!.offChipBytes.total).toBe(alone.offChipBytes);
  });

  it('is not asked about sums narrower than what they are stored as: its search counts on that', () => {
    const narrow = { weightBits: 8, activationBits: 8, accumulatorBits: 4 };
    const choice = { policy: 'per-layer', source: 'test', default: narrow, layers: {} } as const;
    expect(() => assignPrecision(chain, choice)).toThrow('accumulatorBits');
  });

  it('answers the same question the same way', () => {
    expect(simulate('throughput')).toEqual(simulate('throughput'));
  });
});

function errorOf(run: () => unknown): AccelsimError {
  try {
    run();
  } catch (error) {
    if (error instanceof AccelsimError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
