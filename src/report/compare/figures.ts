import { ENERGY_COMPONENTS, type NetworkResult } from '../../performance/index.js';
import { bytesPerCycle } from '../../units.js';
import { bandwidth, bytes, grouped, milliseconds, percent, significant } from '../figures.js';
import { energyNames, energyText } from '../energy.js';

/** One figure that both machines have. */
export interface ComparedFigure {
  /** Its name for programs, with its unit. */
  readonly key: string;
  readonly label: string;
  /** Null where a machine file does not say. */
  readonly value: (result: NetworkResult) => number | null;
  readonly text: (value: number) => string;
}

const mm2 = (value: number): string => `${significant(value)} mm2`;

const areas: readonly ComparedFigure[] = [
  { key: 'areaMm2', label: 'area', value: ({ arch }) => arch.area.totalMm2, text: mm2 },
  { key: 'macArrayMm2', label: 'area: MAC array', value: ({ arch }) => arch.area.macArrayMm2, text: mm2 },
  { key: 'registersMm2', label: 'area: registers', value: ({ arch }) => arch.area.registersMm2, text: mm2 },
  { key: 'scratchpadMm2', label: 'area: scratchpads', value: ({ arch }) => arch.area.scratchpadMm2, text: mm2 },
  { key: 'sharedBufferMm2', label: 'area: shared buffer', value: ({ arch }) => arch.area.sharedBufferMm2, text: mm2 },
  { key: 'vectorUnitMm2', label: 'area: vector units', value: ({ arch }) => arch.area.vectorUnitMm2, text: mm2 },
  { key: 'interconnectMm2', label: 'area: interconnect', value: ({ arch }) => arch.area.interconnectMm2, text: mm2 },
  {
    key: 'offChipInterfaceMm2',
    label: 'area: off-chip interface',
    value: ({ arch }) => arch.area.offChipInterfaceMm2,
    text: mm2,
  },
];

const energies: readonly ComparedFigure[] = [
  { key: 'energyPj', label: 'energy', value: ({ totals }) => totals.energyPj.total, text: energyText },
  ...ENERGY_COMPONENTS.map((component) => ({
    key: `${component}EnergyPj`,
    label: `energy: ${energyNames[component]}`,
    value: ({ totals }: NetworkResult) => totals.energyPj[component],
    text: energyText,
  })),
  {
    key: 'topsPerWatt',
    label: 'operations per energy',
    value: ({ totals }) => totals.topsPerWatt,
    text: (value) => `${significant(value)} TOPS/W`,
  },
  {
    key: 'energyDelayProductMjMs',
    label: 'energy x latency',
    value: ({ totals }) => totals.energyDelayProductMjMs,
    // A millionth of one is that of the next smaller units.
    text: (value) => (value < 0.001 ? `${significant(value * 1e6)} uJ us` : `${significant(value)} mJ ms`),
  },
];

/** Everything that is set side by side, in this order. */
export const comparedFigures: readonly ComparedFigure[] = [
  { key: 'latencyMs', label: 'latency', value: ({ totals }) => totals.latencyMs, text: milliseconds },
  { key: 'totalCycles', label: 'cycles', value: ({ totals }) => totals.totalCycles, text: grouped },
  { key: 'computeCycles', label: 'cycles: compute', value: ({ totals }) => totals.computeCycles, text: grouped },
  { key: 'stallCycles', label: 'cycles: stall', value: ({ totals }) => totals.stallCycles, text: grouped },
  { key: 'clockGHz', label: 'clock', value: ({ arch }) => arch.clockGHz, text: (value) => `${significant(value)} GHz` },
  {
    key: 'peakMacsPerCycle',
    label: 'peak',
    value: ({ totals }) => totals.peakMacsPerCycle,
    text: (value) => `${grouped(value)} MACs/cycle`,
  },
  { key: 'utilization', label: 'utilization', value: ({ totals }) => totals.utilization, text: percent },
  {
    key: 'bandwidthGBps',
    label: 'bandwidth',
    value: ({ arch }) => arch.bandwidthGBps,
    text: (value) => bandwidth(value),
  },
  {
    key: 'effectiveGBps',
    label: 'bandwidth while at work',
    // A plain bandwidth is what it says; shown only where one of the two is a kind of memory.
    value: ({ arch }) => arch.effectiveGBps,
    text: (value) => `${significant(value)} GB/s`,
  },
  {
    key: 'bandwidthBytesPerCycle',
    label: 'bandwidth per cycle',
    value: ({ arch }) => bytesPerCycle(arch.bandwidthGBps, arch.clockGHz),
    text: (value) => (value === Infinity ? 'unlimited' : `${significant(value)} bytes`),
  },
  { key: 'onChipBytes', label: 'on-chip memory', value: ({ residency }) => residency.capacityBytes, text: bytes },
  { key: 'offChipBytes', label: 'moved off-chip', value: ({ totals }) => totals.offChipBytes.total, text: bytes },
  {
    key: 'offChipWeightBytes',
    label: 'moved: weights',
    value: ({ totals }) => totals.offChipBytes.weights,
    text: bytes,
  },
  { key: 'offChipInputBytes', label: 'moved: inputs', value: ({ totals }) => totals.offChipBytes.inputs, text: bytes },
  {
    key: 'offChipOutputBytes',
    label: 'moved: outputs',
    value: ({ totals }) => totals.offChipBytes.outputs,
    text: bytes,
  },
  ...areas,
  ...energies,
];

/** Second over first; null where that means nothing. */
export function ratioOf(first: number | null, second: number | null): number | null {
  if (first === null || second === null || first === 0) return null;
  const ratio = second / first;
  return Number.isFinite(ratio) ? ratio : null;
}
