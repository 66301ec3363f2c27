import type { PreparedStudy } from '../../index.js';
import { combinedWorkloads, WORKLOAD_METRIC_NAMES } from '../../index.js';
import { differentNames, quotedName, type PointColumn } from './columns.js';

/**
 * SQL for a row for each workload of each point: index, axes, `workload`, its figures, whether the point's constraints
 * hold. Null where a point is of one workload, so that `points` says it all.
 * @param columns of `points`, by `pointColumns`
 */
export function workloadsViewSql(
  study: Pick<PreparedStudy, 'axes' | 'workloads'>,
  columns: readonly PointColumn[],
): string | null {
  const names = combinedWorkloads(study);
  if (names.length === 0) return null;
  const asked = columns.slice(0, 1 + study.axes.length).map(({ name }) => name);
  const figures = columns.slice(-names.length * WORKLOAD_METRIC_NAMES.length).map(({ name }) => name);
  const called = differentNames([...asked, 'workload', ...WORKLOAD_METRIC_NAMES, 'feasible']);
  const rows = names.map((workload, at) => {
    const own = figures.slice(at * WORKLOAD_METRIC_NAMES.length, (at + 1) * WORKLOAD_METRIC_NAMES.length);
    const values = [...asked.map(quotedName), quotedText(workload), ...own.map(quotedName), 'feasible'];
    return `SELECT ${values.map((value, place) => `${value} AS ${quotedName(called[place]!)}`).join(', ')} FROM points`;
  });
  return `CREATE VIEW workloads AS ${rows.join(' UNION ALL ')}`;
}

function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
