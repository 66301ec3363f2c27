import type { Survey, SurveyPoint, SurveyRow } from '../../explore/index.js';
import { csvField } from '../to-csv.js';
import { beganToFitBytes, memoryBoundFraction } from './standing.js';

interface CsvColumn {
  readonly name: string;
  readonly value: (row: SurveyRow, point: SurveyPoint) => string | number | null;
}

const csvColumns: readonly CsvColumn[] = [
  { name: 'arch', value: (_, { result }) => result.arch.name },
  { name: 'bandwidthGBps', value: (_, { result: { arch } }) => gbps(arch.bandwidthGBps) },
  { name: 'mode', value: (_, { result }) => result.mode },
  { name: 'workload', value: (row) => row.name },
  { name: 'batch', value: (_, { result }) => result.workload.batch },
  { name: 'macs', value: (row) => row.macs },
  { name: 'parameters', value: (row) => row.parameters },
  { name: 'baselineBits', value: (row) => row.baseline.precision.bits },
  { name: 'baselineLatencyMs', value: (row) => row.baseline.totals.latencyMs },
  { name: 'baselineOffChipBytes', value: (row) => row.baseline.totals.offChipBytes.total },
  { name: 'baselineMemoryBoundFraction', value: (row) => memoryBoundFraction(row.baseline) },
  { name: 'bits', value: (_, { bits }) => bits },
  { name: 'edgeBits', value: (_, { result }) => result.precision.edgeBits },
  { name: 'latencyMs', value: (_, { result }) => result.totals.latencyMs },
  { name: 'offChipBytes', value: (_, { result }) => result.totals.offChipBytes.total },
  { name: 'memoryBoundFraction', value: (_, { result }) => memoryBoundFraction(result) },
  { name: 'speedup', value: (_, { speedup }) => speedup.value },
  { name: 'peakFactor', value: (_, { speedup }) => speedup.factors.peak },
  { name: 'utilizationFactor', value: (_, { speedup }) => speedup.factors.utilization },
  { name: 'memoryReliefFactor', value: (_, { speedup }) => speedup.factors.memoryRelief },
  { name: 'edgesPart', value: (_, { parts }) => parts.edges },
  { name: 'vectorUnitPart', value: (_, { parts }) => parts.vectorUnit },
  { name: 'groupsPart', value: (_, { parts }) => parts.groups },
  { name: 'arrayPart', value: (_, { parts }) => parts.array },
  { name: 'memoryPart', value: (_, { parts }) => parts.memory },
  { name: 'beganToFitTensors', value: (_, { speedup }) => speedup.beganToFit.length },
  { name: 'beganToFitBaselineBytes', value: (_, point) => beganToFitBytes(point) },
];

/**
 * One row per network and width, in the order of the survey, exact values, units in the names. Parts are fractions of
 * the linear time, the baseline's over the ratio of peaks; they add up to peakFactor / speedup - 1.
 */
export function surveyToCsv({ rows }: Survey): string {
  const header = csvColumns.map(({ name }) => name);
  const lines = rows.flatMap((row) => row.points.map((point) => csvColumns.map(({ value }) => value(row, point))));
  return [header, ...lines].map((line) => `${line.map(csvField).join(',')}\n`).join('');
}

function gbps(bandwidthGBps: number): number | string {
  return Number.isFinite(bandwidthGBps) ? bandwidthGBps : 'inf';
}
