import type { Timeline, TimelineEvent, TimelineLayer } from '../simulate/trace.js';

/** Two cores at 2 GHz, so a cycle is 0.0005 us: a convolution of two tiles from cycle 0, an addition from cycle 100. */
export const conv: TimelineLayer = {
  name: 'conv',
  engine: 'array',
  secondOperand: 'weights',
  startCycle: 0,
  cycles: 100,
  simulatedCycles: 80,
  computeCycles: 50,
  channelCycles: 30,
  latencyCycles: 10,
  steps: 2,
  bytes: { inputs: 0, second: 64, outputs: 32, partialSums: 0, prefetch: 0, total: 96 },
};

const add: TimelineLayer = {
  ...conv,
  name: 'add',
  engine: 'vector',
  secondOperand: 'none',
  startCycle: 100,
  cycles: 20,
  simulatedCycles: 20,
  computeCycles: 20,
  channelCycles: 0,
  latencyCycles: 0,
  steps: 1,
};

const weights = { what: 'transfer', kind: 'second', layer: 0, bytes: 32 } as const;

const events: readonly TimelineEvent[] = [
  { what: 'latency', layer: 0, step: 0, startCycle: 0, endCycle: 10 },
  { ...weights, step: 0, cores: [0, 1], requestedCycle: 0, startCycle: 10, endCycle: 20 },
  { ...weights, step: 1, cores: [0, 1], requestedCycle: 20, startCycle: 20, endCycle: 30 },
  { what: 'compute', layer: 0, core: 0, step: 0, startCycle: 20, endCycle: 45 },
  { what: 'compute', layer: 0, core: 1, step: 0, startCycle: 20, endCycle: 45 },
  { what: 'compute', layer: 0, core: 0, step: 1, startCycle: 45, endCycle: 70 },
  {
    what: 'transfer',
    kind: 'outputs',
    layer: 0,
    step: 1,
    cores: [0],
    bytes: 32,
    requestedCycle: 70,
    startCycle: 90,
    endCycle: 100,
  },
  { what: 'compute', layer: 1, core: 0, step: 0, startCycle: 100, endCycle: 120 },
];

export const tinyTimeline: Timeline = {
  arch: { name: 'tiny', cores: 2, clockGHz: 2, bandwidthGBps: 64 },
  workload: { name: 'net', batch: 1 },
  mode: 'latency',
  precision: { bits: 4, edgeBits: 8 },
  cycles: 120,
  layers: [conv, add],
  events,
  eventsLeftOut: 0,
};

/** The convolution alone. */
export const tinyLayer: Timeline = {
  ...tinyTimeline,
  cycles: 100,
  layers: [conv],
  events: events.filter(({ layer }) => layer === 0),
};
