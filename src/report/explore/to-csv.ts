import {
  METRIC_NAMES,
  workloadColumns,
  type PointResult,
  type PreparedStudy,
  type StudySummary,
} from '../../explore/index.js';
import { csvField } from '../to-csv.js';

type Asked = Pick<PreparedStudy, 'axes' | 'workloads'>;

/**
 * The first line: index, every axis, every metric, whether constraints hold, the error; then the figures of each workload,
 * where points combine several.
 */
export function studyCsvHeader(study: Asked): string {
  const own = workloadColumns(study).map(({ name }) => name);
  return csvLine(['index', ...study.axes.map(({ name }) => name), ...METRIC_NAMES, 'feasible', 'error', ...own]);
}

/** The line of one point, exact, in the order of the header; what is not known is empty. */
export function studyCsvLine(study: Asked, result: PointResult): string {
  return csvLine([
    result.index,
    ...study.axes.map(({ name }) => String(result.values[name])),
    ...METRIC_NAMES.map((metric) => result.metrics?.[metric] ?? null),
    String(result.feasible),
    result.error,
    ...workloadColumns(study).map(({ valueOf }) => valueOf(result)),
  ]);
}

/** The front, in its order. */
export function frontToCsv({ study, front }: StudySummary): string {
  return [studyCsvHeader(study), ...front.map((result) => studyCsvLine(study, result))].join('');
}

function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(',')}\n`;
}
