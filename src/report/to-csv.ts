import { ENERGY_COMPONENTS } from '../performance/index.js';
import type { LayerResult, NetworkResult, Run } from '../performance/result.js';

type Value = string | number | null;

interface CsvColumn {
  readonly name: string;
  readonly value: (layer: LayerResult, result: NetworkResult, run: Run) => Value;
}

/** The same columns for one run and for several, exact values, units in the names. */
const csvColumns: readonly CsvColumn[] = [
  { name: 'arch', value: (_, { arch }) => arch.name },
  { name: 'workload', value: (_, { workload }) => workload.name },
  { name: 'batch', value: (_, { workload }) => workload.batch },
  { name: 'mode', value: (_, { mode }) => mode },
  { name: 'bits', value: (_, { precision }) => precision.bits },
  { name: 'edgeBits', value: (_, { precision }) => precision.edgeBits },
  { name: 'bandwidthGBps', value: (_, { arch }) => (arch.bandwidthGBps === Infinity ? 'inf' : arch.bandwidthGBps) },
  { name: 'layer', value: ({ name }) => name },
  { name: 'kind', value: ({ kind }) => kind },
  { name: 'macs', value: ({ macs }) => macs },
  { name: 'weightBits', value: ({ weightBits }) => weightBits },
  { name: 'activationBits', value: ({ activationBits }) => activationBits },
  { name: 'outputBits', value: ({ outputBits }) => outputBits },
  { name: 'accumulatorBits', value: ({ accumulatorBits }) => accumulatorBits },
  { name: 'computeCycles', value: ({ computeCycles }) => computeCycles },
  { name: 'stallCycles', value: ({ stallCycles }) => stallCycles },
  { name: 'totalCycles', value: ({ totalCycles }) => totalCycles },
  { name: 'peakMacsPerCycle', value: ({ peakMacsPerCycle }) => peakMacsPerCycle },
  { name: 'utilization', value: ({ utilization }) => utilization },
  { name: 'offChipWeightBytes', value: ({ offChipBytes }) => offChipBytes.weights },
  { name: 'offChipInputBytes', value: ({ offChipBytes }) => offChipBytes.inputs },
  { name: 'offChipOutputBytes', value: ({ offChipBytes }) => offChipBytes.outputs },
  { name: 'offChipBytes', value: ({ offChipBytes }) => offChipBytes.total },
  { name: 'compulsoryBytes', value: ({ compulsoryBytes }) => compulsoryBytes },
  { name: 'bound', value: ({ bound }) => bound },
  { name: 'resident', value: ({ resident }) => resident.join(' ') },
  { name: 'dataflow', value: ({ mapping }) => mapping.dataflow },
  { name: 'baselineBits', value: (_, __, { speedup }) => speedup?.baselineBits ?? null },
  { name: 'runSpeedup', value: (_, __, { speedup }) => speedup?.value ?? null },
  ...energyColumns(),
  // Last, so that who counts columns finds the others where they were.
  { name: 'shortcutBits', value: (_, { precision }) => precision.shortcutBits ?? null },
  { name: 'kvCacheBits', value: (_, { precision }) => precision.kvCacheBits ?? null },
  { name: 'packing', value: (_, { arch }) => arch.packing },
  // A preset of external memory; empty where the machine states a bandwidth.
  { name: 'memory', value: (_, { arch }) => arch.memory?.name ?? null },
  { name: 'memoryChannels', value: (_, { arch }) => arch.memory?.channels ?? null },
  { name: 'objective', value: (_, { objective }) => objective ?? 'latency' },
];

/** `macEnergyPj`, `registersEnergyPj` and so on, then the sum of them. */
function energyColumns(): CsvColumn[] {
  const parts = ENERGY_COMPONENTS.map((component) => ({
    name: `${component}EnergyPj`,
    value: ({ energyPj }: LayerResult) => energyPj[component],
  }));
  return [...parts, { name: 'energyPj', value: ({ energyPj }) => energyPj.total }];
}

/** One row per run and layer, quoted as RFC 4180 says, lines ended by a line feed. What is not known is empty. */
export function toCsv(runs: readonly Run[]): string {
  const header = csvColumns.map(({ name }) => name);
  const rows = runs.flatMap((run) =>
    run.result.layers.map((layer) => csvColumns.map(({ value }) => value(layer, run.result, run))),
  );
  return [header, ...rows].map((row) => `${row.map(csvField).join(',')}\n`).join('');
}

/** A field in quotes where it holds a comma, a quote or a line break; quotes inside are doubled. */
export function csvField(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
