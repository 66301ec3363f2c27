import { metrics, type Metric, type MetricName } from '../explore/index.js';
import { bytes, given, grouped, milliseconds, percent, significant } from './figures.js';

/** How a metric is written where the reader sees no column of it. */
const WRITTEN: Partial<Record<MetricName, (value: number) => string>> = {
  latencyMs: milliseconds,
  offChipBytes: bytes,
  utilization: percent,
  totalCycles: (value) => `${grouped(value)} cycles`,
};

/** `3.21 ms`, `12.3 MiB`, `81.2%`: with its unit; a dash for what is not known. */
export function metricText(metric: MetricName, value: number | null): string {
  if (value === null) return '-';
  return WRITTEN[metric]?.(value) ?? figureText(metric, value);
}

/** `0.00402 ms`: always in the unit of its metric, as a legend or a column has to be. */
export function figureText(metric: MetricName, value: number): string {
  const { unit } = metrics[metric];
  return `${significant(value)}${unit === '' ? '' : ` ${unit}`}`;
}

/** `latency`, or `latency (ms)` where there is a unit. */
export function metricTitle(metric: MetricName): string {
  const { label, unit }: Metric = metrics[metric];
  return unit === '' ? label : `${label} (${unit})`;
}

/** Name and unit, a line each; a count of itself has none. */
export function metricHeader(metric: MetricName): string {
  const { label, unit }: Metric = metrics[metric];
  return unit === '' || unit === label ? label : `${label}\n${unit}`;
}

/** `least latency`, `greatest throughput`. */
export function bestWords(metric: MetricName): string {
  const { label, direction } = metrics[metric];
  return `${direction === 'minimise' ? 'least' : 'greatest'} ${label}`;
}

/** A level of an axis as it was given. */
export function levelText(level: string | number | boolean): string {
  return typeof level === 'number' ? given(level) : String(level);
}

/** `bits 4, cores 16`: the named axes of a point. */
export function valuesText(
  axes: readonly string[],
  values: Readonly<Record<string, string | number | boolean>>,
): string {
  return axes.map((axis) => `${axis} ${levelText(values[axis]!)}`).join(', ');
}
