import { failure } from '../../../errors.js';
import type { StudySummary } from '../../../explore/index.js';
import type { Drawing } from '../drawing.js';
import { precisionChart } from './by-precision.js';
import { frontChart } from './front.js';
import { heatMapChart } from './heat-map.js';
import { parallelChart } from './parallel.js';
import { sensitivityChart } from './sensitivity.js';
import type { StudyChart, StudyChartChoices } from './study-chart.js';

export { parseHeatMapAxes } from './heat-map-axes.js';
export type { HeatMapAxes, StudyChart, StudyChartChoices } from './study-chart.js';

/** Every chart of a study; `--chart-kind` and its help derive from the keys. */
export const studyCharts = {
  front: frontChart,
  'speedup-by-precision': precisionChart,
  'heat-map': heatMapChart,
  'parallel-coordinates': parallelChart,
  sensitivity: sensitivityChart,
} as const satisfies Record<string, StudyChart>;

export type StudyChartKind = keyof typeof studyCharts;

/**
 * Draws one chart of a study.
 * @throws AccelsimError if the study lacks what it shows
 */
export function drawStudyChart(kind: StudyChartKind, summary: StudySummary, choices: StudyChartChoices = {}): Drawing {
  const chart: StudyChart = studyCharts[kind];
  const drawing = chart.draw(summary, choices);
  if (typeof drawing === 'string') throw failure('--chart-kind', '', `${kind} ${drawing}`);
  return drawing;
}

/** Every chart that the study has something for, by a name that can be a file's. */
export function drawAllStudyCharts(
  summary: StudySummary,
  choices: StudyChartChoices = {},
): { readonly name: string; readonly title: string; readonly drawing: Drawing }[] {
  return Object.entries(studyCharts).flatMap(([name, { title, draw }]: [string, StudyChart]) => {
    const drawing = draw(summary, choices);
    return typeof drawing === 'string' ? [] : [{ name, title, drawing }];
  });
}
