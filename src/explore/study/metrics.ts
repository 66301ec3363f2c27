/** What a point of a study comes to. Several workloads are combined by the study's mean before a metric is looked at. */
export interface Metric {
  readonly label: string;
  /** Empty for a ratio or a count. */
  readonly unit: string;
  readonly direction: 'minimise' | 'maximise';
  readonly description: string;
}

/** In the order of tables. */
export const METRIC_NAMES = [
  'latencyMs',
  'energyMj',
  'areaMm2',
  'energyDelayMjMs',
  'offChipBytes',
  'inferencesPerSecond',
  'utilization',
  'totalCycles',
  'top1Percent',
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];

/** Every metric by its name, which carries the unit: what constraints, objectives, tables and charts may ask for. */
export const metrics = {
  latencyMs: {
    label: 'latency',
    unit: 'ms',
    direction: 'minimise',
    description: 'time of one inference of the batch',
  },
  energyMj: {
    label: 'energy',
    unit: 'mJ',
    direction: 'minimise',
    description: 'energy of one inference of the batch; unknown where the machine file gives none',
  },
  areaMm2: {
    label: 'area',
    unit: 'mm2',
    direction: 'minimise',
    description: 'silicon of the chip; unknown where the machine file gives no figure for a part',
  },
  energyDelayMjMs: {
    label: 'energy-delay product',
    unit: 'mJ ms',
    direction: 'minimise',
    description: 'energy times latency',
  },
  offChipBytes: {
    label: 'off-chip traffic',
    unit: 'bytes',
    direction: 'minimise',
    description: 'bytes that pass the off-chip channel in one inference of the batch',
  },
  inferencesPerSecond: {
    label: 'throughput',
    unit: '1/s',
    direction: 'maximise',
    description: 'inferences per second, one batch after the other',
  },
  utilization: {
    label: 'utilization',
    unit: '',
    direction: 'maximise',
    description: 'MACs done over MACs that the arrays could have done in the time, 0 to 1',
  },
  totalCycles: {
    label: 'cycles',
    unit: 'cycles',
    direction: 'minimise',
    description: 'clock cycles of one inference of the batch',
  },
  top1Percent: {
    label: 'top-1 accuracy',
    unit: '%',
    direction: 'maximise',
    description: 'published accuracy of the network at these bits; unknown where none is published, never interpolated',
  },
} as const satisfies Record<MetricName, Metric>;

/** Metrics that a workload has by itself. The others follow from these, or are the chip's. */
export const WORKLOAD_METRIC_NAMES = [
  'latencyMs',
  'energyMj',
  'offChipBytes',
  'utilization',
  'totalCycles',
  'top1Percent',
] as const satisfies readonly MetricName[];

/** What one of several workloads comes to. */
export type WorkloadFigures = Readonly<Record<(typeof WORKLOAD_METRIC_NAMES)[number], number | null>>;

/** A point's metrics; null where the machine, the paper or the model does not give one. */
export type PointMetrics = Readonly<Record<MetricName, number | null>> & {
  /** Where several workloads are combined: each by itself, in the order of the study. */
  readonly byWorkload?: readonly WorkloadFigures[];
};

export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(metrics, name);
}
