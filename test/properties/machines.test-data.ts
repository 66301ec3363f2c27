import * as fc from 'fast-check';
import { readArchValue, resolveMachine } from '../../src/arch/index.js';
import type { ArchSpec, DataflowName, Machine } from '../../src/arch/index.js';

/** The part of a machine that mapping and performance look at; clocked at 1 GHz, so GB/s are bytes per cycle. */
export interface MachineSketch {
  readonly cores: number;
  readonly rows: number;
  readonly columns: number;
  readonly dataflows: readonly DataflowName[];
  readonly preload: 'overlapped' | 'exposed';
  readonly capacityKiB: number;
  readonly vectorLanes: number;
  readonly bandwidthGBps: number;
  readonly latencyNs: number;
  readonly mac: 'configurable' | 'dedicated' | 'dedicated-to-run';
}

const DEFAULTS: MachineSketch = {
  cores: 1,
  rows: 4,
  columns: 4,
  dataflows: ['weight-stationary'],
  preload: 'exposed',
  capacityKiB: 64,
  vectorLanes: 4,
  bandwidthGBps: 8,
  latencyNs: 0,
  mac: 'configurable',
};

const AREA = { model: 'polynomial', productUm2: 1, linearUm2: 2, constantUm2: 12 } as const;

const MACS = {
  configurable: { kind: 'configurable', referenceBits: 16, modeBits: [16, 8, 4, 2], area: AREA },
  dedicated: { kind: 'dedicated', designBits: 4, referenceBits: 16, area: AREA },
  'dedicated-to-run': { kind: 'dedicated', designBits: 'run', referenceBits: 16, area: AREA },
} as const;

/** A machine file with all that the sketch does not say filled in. `dedicated` units are built for 4 bits. */
export function archOf(sketch: Partial<MachineSketch>): ArchSpec {
  const whole = { ...DEFAULTS, ...sketch };
  return readArchValue(
    {
      name: 'sketch',
      clockGHz: 1,
      cores: whole.cores,
      array: {
        rows: whole.rows,
        columns: whole.columns,
        dataflows: [...whole.dataflows],
        preload: whole.preload,
      },
      mac: MACS[whole.mac],
      scratchpad: { capacityKiB: whole.capacityKiB },
      vectorUnit: { lanes: whole.vectorLanes },
      offChip: {
        bandwidthGBps: whole.bandwidthGBps === Infinity ? 'inf' : whole.bandwidthGBps,
        latencyNs: whole.latencyNs,
      },
    },
    'sketch',
  );
}

export function machineOf(sketch: Partial<MachineSketch>): Machine {
  return resolveMachine(archOf(sketch));
}

const dataflowLists: readonly (readonly DataflowName[])[] = [
  ['weight-stationary'],
  ['output-stationary'],
  ['input-stationary'],
  ['weight-stationary', 'output-stationary', 'input-stationary'],
];

/** Machines small enough for layers of a few hundred MACs to be cut, split and bound in every way. */
export const smallMachine: fc.Arbitrary<MachineSketch> = fc.record({
  cores: fc.constantFrom(1, 1, 2, 3, 4),
  rows: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 1, max: 4 }),
  dataflows: fc.constantFrom(...dataflowLists),
  preload: fc.constantFrom('overlapped', 'exposed'),
  capacityKiB: fc.constantFrom(1, 64),
  vectorLanes: fc.integer({ min: 1, max: 4 }),
  bandwidthGBps: fc.constantFrom(0.02, 0.5, 2, 8, 64, Infinity),
  latencyNs: fc.constantFrom(0, 0, 7, 50),
  mac: fc.constant('configurable'),
});

/** Machines for whole networks. */
export const anyMachine: fc.Arbitrary<MachineSketch> = fc.record({
  cores: fc.constantFrom(1, 2, 3, 4, 6, 8),
  rows: fc.integer({ min: 1, max: 12 }),
  columns: fc.integer({ min: 1, max: 12 }),
  dataflows: fc.constantFrom(...dataflowLists),
  preload: fc.constantFrom('overlapped', 'exposed'),
  capacityKiB: fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 16, 32),
  vectorLanes: fc.integer({ min: 1, max: 16 }),
  bandwidthGBps: fc.constantFrom(0.1, 0.7, 1, 2, 3.3, 4, 8, 16, 40, Infinity),
  latencyNs: fc.constantFrom(0, 0, 13, 100),
  mac: fc.constantFrom('configurable', 'dedicated'),
});
