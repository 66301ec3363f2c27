import { METRIC_NAMES, type PointResult, type PreparedStudy, type StudySummary } from '../../explore/index.js';
import { csvField } from '../to-csv.js';

/** The first line: index, every axis, every metric, whether constraints hold, the error. */
export function studyCsvHeader({ axes }: Pick<PreparedStudy, 'axes'>): string {
  return csvLine(['index', ...axes.map(({ name }) => name), ...METRIC_NAMES, 'feasible', 'error']);
}

/** The line of one point, exact, in the order of the header; what is not known is empty. */
export function studyCsvLine({ axes }: Pick<PreparedStudy, 'axes'>, result: PointResult): string {
  return csvLine([
    result.index,
    ...axes.map(({ name }) => String(result.values[name])),
    ...METRIC_NAMES.map((metric) => result.metrics?.[metric] ?? null),
    String(result.feasible),
    result.error,
  ]);
}

/** The front, in its order. */
export function frontToCsv({ study, front }: StudySummary): string {
  return [studyCsvHeader(study), ...front.map((result) => studyCsvLine(study, result))].join('');
}

function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(',')}\n`;
}
