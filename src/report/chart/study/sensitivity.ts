import { metrics, samplerOf, type StudySummary } from '../../../explore/index.js';
import { times } from '../../figures.js';
import type { PlainObject } from '../drawing.js';
import { axis, barStyle, baseOptions, logarithmicAxis, ramp, FILLS } from '../theme.js';
import { inLines, studyLine, type StudyChart } from './study-chart.js';

const BAR_PX = 26;
const FRAME_PX = 280;
const MAX_HEIGHT_PX = 4000;
/** From this ratio on, bars go by ratios too. */
const LOGARITHMIC_FROM = 12;

/** How far each axis moves each objective, by itself. */
export const sensitivityChart = {
  title: 'Sensitivity',
  description: 'how far each axis moves each objective: the worst level over the best, in the mean over all others',
  draw: (summary) => {
    const { effects, study } = summary;
    const known = effects.filter(({ ratio }) => ratio !== null);
    if (known.length === 0) return 'needs an axis that varies, and figures above 0';
    const ratioAt = (name: string, metric: string): number | null =>
      known.find((effect) => effect.axis === name && effect.metric === metric)?.ratio ?? null;
    const objectives = study.objectives.filter((metric) => known.some((effect) => effect.metric === metric));
    const axes = [...new Set(known.map((effect) => effect.axis))].toSorted(
      (a, b) => (ratioAt(b, objectives[0]!) ?? 0) - (ratioAt(a, objectives[0]!) ?? 0),
    );
    const fills = objectives.length <= 3 ? Object.values(FILLS) : ramp(objectives.length);
    const greatest = Math.max(...known.map(({ ratio }) => ratio!));
    return {
      widthPx: 1200,
      heightPx: Math.min(MAX_HEIGHT_PX, FRAME_PX + (BAR_PX * objectives.length + BAR_PX) * axes.length),
      configuration: {
        type: 'bar',
        data: {
          labels: axes,
          datasets: objectives.map(
            (metric, at): PlainObject => ({
              type: 'bar',
              label: metrics[metric].label,
              data: axes.map((name) => ratioAt(name, metric)),
              pointStyle: 'rect',
              ...barStyle(fills[at]!),
              barTexts: axes.map((name) => timesOf(ratioAt(name, metric))),
            }),
          ),
        },
        options: baseOptions(
          {
            title: 'How far each axis moves each objective',
            subtitle: inLines([studyLine(summary), ...notes(summary)]),
          },
          {
            x: scale(greatest),
            y: axis('axis of the study', { grid: { display: false } }, { autoSkip: false }),
          },
          { indexAxis: 'y' },
        ),
      },
    };
  },
} as const satisfies StudyChart;

function scale(greatest: number): PlainObject {
  const title = 'greatest mean of a level over the least (times)';
  return greatest >= LOGARITHMIC_FROM
    ? logarithmicAxis(`${title}, logarithmic`, 1, greatest * 1.6)
    : axis(title, { min: 1, grace: '12%' });
}

function notes({ study }: StudySummary): string[] {
  return [
    'geometric means over all points that have an answer, those that break a constraint too; 1 is no effect',
    ...(samplerOf(study.sampler).complete
      ? []
      : [`sampled by ${study.sampler.kind}: the other axes are not the same at every level, so these are estimates`]),
  ];
}

function timesOf(ratio: number | null): string {
  return ratio === null ? '' : times(ratio);
}
