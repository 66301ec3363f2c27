import { describe, expect, it } from 'vitest';
import { readArchValue } from '../arch/index.js';
import { buildNetwork, buildZooNetwork } from '../workload/index.js';
import { MODEL_VERSION } from './model-version.js';
import { simulateRun } from './runs.js';

/** Stated here, as figures must move with the model and not with what is known of a machine. */
const plain = {
  name: 'plain',
  clockGHz: 1,
  cores: 16,
  array: {
    rows: 16,
    columns: 16,
    dataflows: ['weight-stationary'],
    preload: 'overlapped',
    areaUm2PerRegisterBit: 1,
  },
  mac: {
    kind: 'configurable',
    referenceBits: 16,
    modeBits: [16, 8, 4, 2],
    area: { model: 'polynomial', productUm2: 0.65, linearUm2: 1.2, constantUm2: 7.8 },
  },
  scratchpad: { capacityKiB: 96, areaMm2PerMiB: 1 },
  vectorUnit: { lanes: 64, areaUm2PerLane: 750 },
  interconnect: { multicast: true, areaMm2PerCore: 0.03 },
  offChip: { bandwidthGBps: 64, latencyNs: 100, areaMm2PerGBps: 0.1 },
};

const machines = {
  plain,
  levels: {
    ...plain,
    cores: 4,
    array: {
      ...plain.array,
      dataflows: ['weight-stationary', 'output-stationary', 'row-stationary'],
      preload: 'exposed',
    },
    scratchpad: { ...plain.scratchpad, capacityKiB: 64, bandwidthBytesPerCycle: 96 },
    sharedBuffer: { capacityKiB: 2048, bandwidthBytesPerCycle: 64, areaMm2PerMiB: 0.8 },
    interconnect: { multicast: false, bandwidthBytesPerCycle: 128, areaMm2PerCore: 0.03 },
    offChip: { bandwidthGBps: 16, latencyNs: 100, burstBytes: 64, areaMm2PerGBps: 0.1 },
  },
  built: {
    ...plain,
    cores: 2,
    mac: { kind: 'dedicated', designBits: 'run', referenceBits: 16, area: plain.mac.area },
    scratchpad: { ...plain.scratchpad, capacityKiB: 512 },
    schedule: { prefetch: 'next-layer', fusion: 'chains' },
  },
};

/** Between them they go through most of the model. */
const questions = [
  ['plain', 'resnet50', 16, 'latency'],
  ['plain', 'resnet50', 4, 'latency'],
  ['plain', 'bert-base', 8, 'throughput'],
  ['levels', 'alexnet', 8, 'latency'],
  ['levels', 'mobilenet-v2', 4, 'throughput'],
  ['built', 'resnet18', 2, 'latency'],
] as const;

/** Cycles, cycles of computing, off-chip bytes, utilization, mm2 and mJ of each question, and the version they are of. */
const FIGURES = {
  version: 2,
  rows: [
    'plain resnet50 16 latency: 1859924 1214433 87853328 0.506412089956 10.0843456 unknown',
    'plain resnet50 4 latency: 411476 306796 14008968 0.572261808708 10.0843456 unknown',
    'plain bert-base 8 throughput: 1777718 1713736 85820544 0.767298300405 10.0843456 unknown',
    'levels alexnet 8 latency: 4135207 1094165 61119232 0.0855372574154 3.9797024 unknown',
    'levels mobilenet-v2 4 throughput: 470881 391794 2355264 0.155944322982 3.9797024 unknown',
    'built resnet18 2 latency: 1170023 1168322 3481800 0.216726245246 7.6790488 unknown',
  ],
};

function rowOf([machine, workload, bits, mode]: (typeof questions)[number]): string {
  const arch = readArchValue(machines[machine], machine);
  const network = buildNetwork(buildZooNetwork(workload), workload);
  const { totals } = simulateRun({ arch, network, mode }, { policy: 'edges', bits });
  const { totalCycles, computeCycles, offChipBytes, areaMm2, energyMj, utilization } = totals;
  const figures = [totalCycles, computeCycles, offChipBytes.total, utilization, areaMm2, energyMj];
  const words = figures.map((figure) => (figure === null ? 'unknown' : Number(figure.toPrecision(12))));
  return `${machine} ${workload} ${bits} ${mode}: ${words.join(' ')}`;
}

describe('MODEL_VERSION', () => {
  it('goes up when figures move', () => {
    // Where this fails and the new figures are right: raise MODEL_VERSION by 1 and put both here, so that no kept result is taken for one
    // of today.
    expect({ version: MODEL_VERSION, rows: questions.map(rowOf) }).toEqual(FIGURES);
  });
});
