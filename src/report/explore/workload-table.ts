import {
  combinedWorkloads,
  varyingAxes,
  WORKLOAD_METRIC_NAMES,
  type StudySummary,
  type WorkloadFigures,
} from '../../explore/index.js';
import type { Document } from '../document.js';
import { plural, significant } from '../figures.js';
import { levelText, metricHeader } from '../metric-texts.js';
import { axisColumns } from './axis-columns.js';

/** Rows of the table; the CSV has all. */
const MOST_ROWS = 40;

/** What each workload takes by itself at points of the front, best first; nothing where points are of one workload. */
export function workloadBlocks({ study, front }: StudySummary): Document {
  const names = combinedWorkloads(study);
  const points = front.slice(0, Math.max(1, Math.floor(MOST_ROWS / Math.max(1, names.length))));
  if (names.length === 0 || points.length === 0) return [];
  const axes = varyingAxes(study);
  const rows = points.flatMap(({ values, metrics }) =>
    (metrics?.byWorkload ?? []).slice(0, MOST_ROWS).map((figures, at) => ({ values, name: names[at]!, figures })),
  );
  // Cycles are latency in another unit, unless the study asks for them.
  const shown = WORKLOAD_METRIC_NAMES.filter(
    (metric) =>
      (metric !== 'totalCycles' || study.objectives.includes(metric)) &&
      rows.some(({ figures }) => figures[metric] !== null),
  );
  const cell = (figures: WorkloadFigures, metric: keyof WorkloadFigures): string => {
    const figure = figures[metric];
    return figure === null ? '-' : significant(figure);
  };
  const few = points.length < front.length ? `, at the first ${plural(points.length, 'point')}` : '';
  return [
    { kind: 'heading', text: 'The front by workload' },
    {
      kind: 'table',
      table: {
        columns: [
          ...axisColumns(axes),
          { header: 'workload', align: 'left' },
          ...shown.map((metric) => ({ header: metricHeader(metric), align: 'right' as const })),
        ],
        rows: rows.map(({ values, name, figures }) => [
          ...axes.map((axis) => levelText(values[axis.name]!)),
          name,
          ...shown.map((metric) => cell(figures, metric)),
        ]),
      },
    },
    {
      kind: 'paragraph',
      text: `Each workload by itself${few}: what the ${study.mean} means above are of. The CSV has this for all points.`,
    },
  ];
}
