import * as fc from 'fast-check';
import {
  arraySides,
  dataflows,
  type DataflowName,
  type DataflowSpec,
  loopClassOf,
  type LoopDimension,
  loopDimensions,
  type SpatialAxis,
} from '../../src/arch/dataflow/index.js';
import { readArchValue, resolveMachine } from '../../src/arch/index.js';
import type { ArchSpec, Machine } from '../../src/arch/index.js';

/** The part of a machine that mapping and performance look at; clocked at 1 GHz, so GB/s are bytes per cycle. */
export interface MachineSketch {
  readonly cores: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly dataflows: readonly (DataflowName | DataflowSpec)[];
  readonly preload: 'overlapped' | 'exposed';
  readonly capacityKiB: number;
  /** In place of `capacityKiB`, for machines smaller than a file may state. */
  readonly scratchpadBytes: number | null;
  readonly scratchpadBytesPerCycle: number;
  readonly shared: { readonly bytes: number; readonly bytesPerCycle: number } | null;
  readonly multicast: boolean;
  readonly interconnectBytesPerCycle: number;
  readonly vectorLanes: number;
  readonly bandwidthGBps: number;
  readonly latencyNs: number;
  readonly burstBytes: number;
  readonly mac: keyof typeof MACS;
}

const DEFAULTS: MachineSketch = {
  cores: 1,
  rows: 4,
  columns: 4,
  depth: 1,
  dataflows: ['weight-stationary'],
  preload: 'exposed',
  capacityKiB: 64,
  scratchpadBytes: null,
  scratchpadBytesPerCycle: Infinity,
  shared: null,
  multicast: true,
  interconnectBytesPerCycle: Infinity,
  vectorLanes: 4,
  bandwidthGBps: 8,
  latencyNs: 0,
  burstBytes: 1,
  mac: 'configurable',
};

const AREA = { model: 'polynomial', productUm2: 1, linearUm2: 2, constantUm2: 12 } as const;

const MACS = {
  configurable: { kind: 'configurable', referenceBits: 16, modeBits: [16, 8, 4, 2], area: AREA },
  dedicated: { kind: 'dedicated', designBits: 4, referenceBits: 16, area: AREA },
  'dedicated-to-run': { kind: 'dedicated', designBits: 'run', referenceBits: 16, area: AREA },
  'bit-serial': { kind: 'bit-serial', serial: 'activations', referenceBits: 4, area: AREA },
  fused: { kind: 'fused', brickBits: 2, widestBits: 4, area: AREA },
  'floating-point': { kind: 'floating-point', formats: { 16: 'bf16', 4: 'mxfp4' }, area: AREA },
} as const;

/** A machine file with all that the sketch does not say filled in. `dedicated` units are built for 4 bits. */
export function archOf(sketch: Partial<MachineSketch>): ArchSpec {
  const whole = { ...DEFAULTS, ...sketch };
  const { shared } = whole;
  return readArchValue(
    {
      name: 'sketch',
      clockGHz: 1,
      cores: whole.cores,
      array: {
        rows: whole.rows,
        columns: whole.columns,
        depth: whole.depth,
        dataflows: [...whole.dataflows],
        preload: whole.preload,
      },
      mac: MACS[whole.mac],
      scratchpad: { capacityKiB: whole.capacityKiB, ...limit(whole.scratchpadBytesPerCycle) },
      ...(shared && {
        sharedBuffer: { capacityKiB: Math.max(1, Math.ceil(shared.bytes / 1024)), ...limit(shared.bytesPerCycle) },
      }),
      interconnect: { multicast: whole.multicast, ...limit(whole.interconnectBytesPerCycle) },
      vectorUnit: { lanes: whole.vectorLanes },
      offChip: {
        bandwidthGBps: whole.bandwidthGBps === Infinity ? 'inf' : whole.bandwidthGBps,
        latencyNs: whole.latencyNs,
        burstBytes: whole.burstBytes,
      },
    },
    'sketch',
  );
}

/** A bandwidth that is never the limit is left out of a file. */
function limit(bandwidthBytesPerCycle: number) {
  return bandwidthBytesPerCycle === Infinity ? {} : { bandwidthBytesPerCycle };
}

export function machineOf(sketch: Partial<MachineSketch>): Machine {
  const machine = resolveMachine(archOf(sketch));
  const { sharedBuffer } = machine;
  return {
    ...machine,
    scratchpadBytesPerCore: sketch.scratchpadBytes ?? machine.scratchpadBytesPerCore,
    sharedBuffer: sharedBuffer && { ...sharedBuffer, bytes: sketch.shared?.bytes ?? sharedBuffer.bytes },
  };
}

const dataflowLists: readonly (readonly DataflowName[])[] = [
  ['weight-stationary'],
  ['output-stationary'],
  ['input-stationary'],
  ['weight-stationary', 'output-stationary', 'input-stationary'],
];

/** Any statement that the schema takes: each loop on a side or none, each side with loops of one kind. */
export const anyDataflow: fc.Arbitrary<DataflowSpec> = fc
  .record({
    stationary: fc.constantFrom('weights', 'inputs', 'outputs'),
    sides: fc.array(fc.constantFrom('none', ...arraySides), { minLength: 8, maxLength: 8 }),
    order: fc.shuffledSubarray([...loopDimensions], { minLength: 8 }),
    systolic: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  })
  .map(({ stationary, sides, order, systolic }): DataflowSpec => {
    const axes: Partial<Record<(typeof arraySides)[number], SpatialAxis>> = {};
    for (const [at, side] of arraySides.entries()) {
      const wanted = order.filter((dimension) => sides[loopDimensions.indexOf(dimension)] === side);
      const unroll = wanted.filter((dimension) => lieTogether(dimension, wanted[0]!, stationary));
      if (unroll.length > 0) axes[side] = { unroll, systolic: systolic[at]! };
    }
    if (Object.keys(axes).length === 0) axes.columns = { unroll: [order[0]!], systolic: systolic[0]! };
    return { name: 'drawn', description: 'drawn', stationary, axes };
  });

function lieTogether(one: LoopDimension, other: LoopDimension, stationary: DataflowSpec['stationary']): boolean {
  const classes = [loopClassOf(one), loopClassOf(other)];
  if (classes[0] === classes[1]) return true;
  return stationary !== 'inputs' && classes.includes('groups') && classes.includes('outputChannels');
}

const presets = Object.keys(dataflows) as DataflowName[];

const anyDataflows: fc.Arbitrary<MachineSketch['dataflows']> = fc.oneof(
  fc.constantFrom(...dataflowLists),
  fc.uniqueArray(fc.constantFrom(...presets), { minLength: 1, maxLength: 2 }),
  anyDataflow.map((dataflow) => [dataflow]),
  fc.tuple(fc.constantFrom(...presets), anyDataflow).map((both) => both),
);

/** Machines small enough for layers of a few hundred MACs to be cut, split and bound in every way. */
export const smallMachine: fc.Arbitrary<MachineSketch> = fc.record({
  cores: fc.constantFrom(1, 1, 2, 3, 4),
  rows: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 1, max: 4 }),
  depth: fc.constantFrom(1, 1, 2, 3),
  dataflows: anyDataflows,
  preload: fc.constantFrom('overlapped', 'exposed'),
  capacityKiB: fc.constantFrom(1, 64),
  scratchpadBytes: fc.constantFrom(null, null, 40, 150),
  scratchpadBytesPerCycle: fc.constantFrom(Infinity, Infinity, 1, 5, 30),
  shared: fc.constant(null),
  multicast: fc.boolean(),
  interconnectBytesPerCycle: fc.constantFrom(Infinity, Infinity, 0.5, 3, 20),
  vectorLanes: fc.integer({ min: 1, max: 4 }),
  bandwidthGBps: fc.constantFrom(0.02, 0.5, 2, 8, 64, Infinity),
  latencyNs: fc.constantFrom(0, 0, 7, 50),
  burstBytes: fc.constantFrom(1, 1, 1, 4, 32, 7),
  mac: fc.constant('configurable'),
});

/** Arrays with groups and output channels on one side, and little between scratchpad and array. */
export const mixingMachine: fc.Arbitrary<MachineSketch> = fc
  .record({
    sketch: smallMachine,
    stationary: fc.constantFrom('weights', 'outputs'),
    unroll: fc.shuffledSubarray<LoopDimension>(['groups', 'outputChannels'], { minLength: 2 }),
    columns: fc.integer({ min: 1, max: 8 }),
    scratchpadBytesPerCycle: fc.constantFrom(0.1, 1, 4),
  })
  .map(({ sketch, stationary, unroll, ...rest }) => {
    const axes = { columns: { unroll, systolic: false } };
    return { ...sketch, ...rest, dataflows: [{ name: 'mixing', description: 'drawn', stationary, axes }] };
  });

/** The same with a second level of memory, of which some hold all of a small layer and some next to nothing. */
export const smallSharedMachine: fc.Arbitrary<MachineSketch> = fc
  .tuple(
    smallMachine,
    fc.record({
      bytes: fc.constantFrom(1024, 1024, 60, 0),
      bytesPerCycle: fc.constantFrom(Infinity, 0.7, 4, 30),
    }),
  )
  .map(([sketch, shared]) => ({ ...sketch, shared }));

/** Machines for whole networks. */
export const anyMachine: fc.Arbitrary<MachineSketch> = fc.record({
  cores: fc.constantFrom(1, 2, 3, 4, 6, 8),
  rows: fc.integer({ min: 1, max: 12 }),
  columns: fc.integer({ min: 1, max: 12 }),
  depth: fc.constantFrom(1, 1, 1, 2),
  dataflows: fc.oneof(fc.constantFrom(...dataflowLists), anyDataflows),
  preload: fc.constantFrom('overlapped', 'exposed'),
  capacityKiB: fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 16, 32),
  scratchpadBytes: fc.constant(null),
  scratchpadBytesPerCycle: fc.constantFrom(Infinity, Infinity, 4, 50),
  shared: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    fc.record({
      bytes: fc.constantFrom(1, 4, 9, 30).map((kib) => kib * 1024),
      bytesPerCycle: fc.constantFrom(Infinity, 5, 60),
    }),
  ),
  multicast: fc.constantFrom(true, true, false),
  interconnectBytesPerCycle: fc.constantFrom(Infinity, Infinity, 3, 40),
  vectorLanes: fc.integer({ min: 1, max: 16 }),
  bandwidthGBps: fc.constantFrom(0.1, 0.7, 1, 2, 3.3, 4, 8, 16, 40, Infinity),
  latencyNs: fc.constantFrom(0, 0, 13, 100),
  burstBytes: fc.constantFrom(1, 1, 1, 16, 64),
  mac: fc.constantFrom('configurable', 'dedicated', 'bit-serial', 'fused', 'floating-point'),
});
