import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withEnergies } from '../../test/properties/energies.test-data.js';
import { archOf } from '../../test/properties/machines.test-data.js';
import { anyNetwork } from '../../test/properties/networks.test-data.js';
import type { ArchSpec } from '../arch/index.js';
import { AccelsimError } from '../errors.js';
import { objectiveNames, type Objective } from '../mapping/index.js';
import type { Mode } from '../performance/index.js';
import { buildNetwork, type Network } from '../workload/index.js';
import { simulateGrid, type GridAnswer, type GridPoint } from './grid.js';
import { simulateRun } from './runs.js';

/** The point by itself, as a run without the others. */
function alone(network: Network, mode: Mode, point: GridPoint): Omit<GridAnswer, 'index'> {
  const { arch, precision, bandwidthGBps, objective } = point;
  try {
    const { totals, layers } = simulateRun({ arch, network, mode, objective }, precision, bandwidthGBps);
    const { leastBytes: _least, search: _search, ...same } = totals;
    const sum = (figures: readonly (number | null)[]) =>
      figures.reduce((all, figure) => (all === null || figure === null ? null : all + figure), 0);
    const onChip = {
      scratchpadBytesPerCore: sum(layers.map((layer) => layer.scratchpadBytesPerCore))!,
      sharedBufferBytes: sum(layers.map((layer) => layer.sharedBufferBytes)),
      interconnectBytes: sum(layers.map((layer) => layer.interconnectBytes)),
    };
    return { totals: { ...same, ...onChip }, noRoom: null };
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    return { totals: null, noRoom: error };
  }
}

const plain = archOf({ cores: 2, capacityKiB: 2, bandwidthGBps: 3 });
/** With a figure for every energy and area. */
const small: ArchSpec = withEnergies({ ...plain, offChip: { ...plain.offChip, areaMm2PerGBps: 0.02 } });
const shared: ArchSpec = { ...small, sharedBuffer: { capacityKiB: 4, bandwidthBytesPerCycle: 8, areaMm2PerMiB: 1 } };
const fused: ArchSpec = { ...small, schedule: { prefetch: 'next-layer', fusion: 'chains' } };
const packed: ArchSpec = { ...small, packing: 'power-of-two' };
/** With a kind of memory in place of a bandwidth; two channels of another speed. */
const remembering: ArchSpec = { ...small, offChip: { memory: 'DDR4-3200', channels: 1, latencyNs: 5 } };
const faster: ArchSpec = { ...small, offChip: { memory: 'LPDDR5', channels: 2, latencyNs: 5 } };

/** Points on machines that differ in everything a grid may vary, as they come. */
const anyPoints = fc.array(
  fc
    .record({
      arch: fc.constantFrom(small, small, small, plain, shared, fused, packed, remembering, faster),
      cores: fc.constantFrom(1, 2, 3),
      rows: fc.constantFrom(2, 4),
      capacityKiB: fc.constantFrom(1, 2, 4),
      bandwidthGBps: fc.constantFrom(1, 3, 16, Infinity),
      stated: fc.constantFrom(undefined, undefined, 2, 3),
      bits: fc.constantFrom(8, 3, 2),
      objective: fc.constantFrom<Objective | undefined>(undefined, undefined, ...objectiveNames),
    })
    .map(
      ({ arch, cores, rows, capacityKiB, bandwidthGBps, stated, bits, objective }): GridPoint => ({
        arch: {
          ...arch,
          cores,
          array: { ...arch.array, rows },
          scratchpad: { ...arch.scratchpad, capacityKiB },
          offChip: { ...arch.offChip, ...(arch.offChip.memory === undefined ? { bandwidthGBps } : {}) },
        },
        precision: { policy: 'edges', bits },
        bandwidthGBps: stated,
        // Every energy counts, and this one gives none.
        objective: arch === plain ? undefined : objective,
      }),
    ),
  { minLength: 1, maxLength: 12 },
);

const oneLayer = buildNetwork({
  name: 'one',
  inputs: [{ name: 'x', channels: 8, height: 8, width: 8 }],
  layers: [{ name: 'conv', kind: 'convolution', input: 'x', outputChannels: 8, kernel: 3, padding: 1 }],
});

describe('simulateGrid', () => {
  it('answers each point once, with all totals of a run by itself', () => {
    fc.assert(
      fc.property(anyNetwork, fc.constantFrom<Mode>('latency', 'throughput'), anyPoints, (network, mode, points) => {
        const answers = [...simulateGrid({ network, mode, points })].sort((one, other) => one.index - other.index);
        expect(answers).toEqual(points.map((point, index) => ({ index, ...alone(network, mode, point) })));
      }),
      { numRuns: 40 },
    );
  });

  it('chooses for each point by its own objective, though others share its machine, its memory or its channel', () => {
    const points = objectiveNames.flatMap((objective) =>
      [1, 2, 4].flatMap((capacityKiB) =>
        [1, 16].map(
          (bandwidthGBps): GridPoint => ({
            arch: { ...small, scratchpad: { ...small.scratchpad, capacityKiB } },
            precision: { policy: 'edges', bits: 8 },
            bandwidthGBps,
            objective,
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(anyNetwork, fc.constantFrom<Mode>('latency', 'throughput'), (network, mode) => {
        const answers = [...simulateGrid({ network, mode, points })];
        expect(answers).toEqual(points.map((point, index) => ({ index, ...alone(network, mode, point) })));
      }),
      { numRuns: 8 },
    );
  });

  it('refuses an energy that a machine does not give, as a run does', () => {
    const points: GridPoint[] = [{ arch: plain, precision: { policy: 'uniform', bits: 8 }, objective: 'energy' }];
    expect(() => [...simulateGrid({ network: oneLayer, mode: 'latency', points })]).toThrow(
      /objective energy needs the energy/,
    );
  });

  it('takes more bandwidths than are searched for at once', () => {
    const points = Array.from(
      { length: 40 },
      (_, at): GridPoint => ({
        arch: small,
        precision: { policy: 'uniform', bits: 8 },
        bandwidthGBps: 1 + (at % 20),
      }),
    );
    const answers = [...simulateGrid({ network: oneLayer, mode: 'latency', points })];
    expect(answers).toEqual(points.map((point, index) => ({ index, ...alone(oneLayer, 'latency', point) })));
  });

  it('makes points when they are asked for, and answers one before it has done the next group', () => {
    const impossible = { ...small, cores: 0 };
    const at = (index: number): GridPoint => ({
      arch: index === 1 ? impossible : small,
      precision: { policy: 'uniform', bits: 8 },
    });
    const answers = simulateGrid({ network: oneLayer, mode: 'latency', points: { length: 2, at } });
    expect(answers.next().value).toMatchObject({ index: 0 });
    expect(() => answers.next()).toThrow(AccelsimError);
  });
});
