import { bitWidth } from '../figures.js';
import { accuracyOf } from '../accuracy.js';
import { publishedAccuracyOf } from '../../quantization/index.js';
import type { Run } from '../../performance/result.js';
import { precisionLabel } from '../question.js';
import type { Chart, ChartInput, Drawing, PlainObject } from './drawing.js';
import { axis, baseOptions, FILLS, INK, PUBLISHED } from './theme.js';

/** Lines of several networks are told apart by shape and dash, in grey too. */
const STYLES = [
  { pointStyle: 'circle', color: FILLS.dark, dash: [] },
  { pointStyle: 'rect', color: FILLS.middle, dash: [10, 6] },
  { pointStyle: 'triangle', color: INK, dash: [3, 4] },
] as const;

/** Published accuracy against simulated speedup: one line per network and bandwidth, a point per precision. */
export const accuracySpeedup = {
  draws: 'question',
  description: 'published top-1 accuracy against speedup, where it is published',
  draw: ({ runs }: ChartInput) => drawAccuracySpeedup(runs),
} as const satisfies Chart;

/** The same for runs of several networks. */
export function drawAccuracySpeedup(runs: readonly Run[]): Drawing {
  const points = runs.flatMap((run) => {
    const accuracy = accuracyOf(run);
    return accuracy === null || run.speedup === null ? [] : [{ run, x: run.speedup.value, y: accuracy.top1Percent }];
  });
  const groups = new Map<string, typeof points>();
  for (const point of points) {
    const { workload, arch } = point.run.result;
    const bandwidth = arch.bandwidthGBps === Infinity ? 'unlimited' : `${arch.bandwidthGBps} GB/s`;
    const key = `${workload.name}, ${bandwidth}`;
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  const widest = Math.max(1, ...points.map(({ x }) => x));
  const baseline = runs.find(({ speedup }) => speedup !== null)?.speedup?.baselineBits;
  const lines = [...groups].map(([label, own], at) =>
    lineOf(
      label,
      own.toSorted((a, b) => a.x - b.x),
      at,
    ),
  );
  const names = [...new Set(points.map(({ run }) => run.result.workload.name))];
  return {
    widthPx: 1200,
    heightPx: 750,
    configuration: {
      type: 'scatter',
      data: { labels: [], datasets: [...lines, ...names.flatMap((name) => fullPrecision(name, widest))] },
      options: baseOptions(
        {
          title: 'Accuracy against speedup',
          subtitle:
            points.length === 0
              ? ['no accuracy is published for these runs']
              : ['accuracy as published by PACT, first and last layer in single precision; speedup simulated'],
        },
        {
          x: axis(`speedup over ${baseline === undefined ? 'the baseline' : bitWidth(baseline)} (times)`, {
            min: 0,
            grace: '12%',
          }),
          y: axis('top-1 accuracy (%)', { grace: '12%' }),
        },
      ),
    },
  };
}

function lineOf(label: string, points: readonly { run: Run; x: number; y: number }[], at: number): PlainObject {
  const { pointStyle, color, dash } = STYLES[at % STYLES.length]!;
  return {
    type: 'line',
    label,
    data: points.map(({ x, y }) => ({ x, y })),
    pointTexts: points.map(({ run }) => precisionLabel(run.result.precision)),
    borderColor: color,
    backgroundColor: color,
    borderDash: dash,
    borderWidth: 3,
    pointStyle,
    pointRadius: 8,
  };
}

/** A line to fall short of. */
function fullPrecision(name: string, widest: number): PlainObject[] {
  const full = publishedAccuracyOf(name, { bits: 32, edgeBits: null });
  if (full === undefined) return [];
  return [
    {
      type: 'line',
      label: `${name}, full precision (published)`,
      data: [0, widest].map((x) => ({ x, y: full.top1Percent })),
      borderColor: PUBLISHED,
      backgroundColor: PUBLISHED,
      borderWidth: 2,
      borderDash: [6, 5],
      pointRadius: 0,
      pointStyle: 'line',
    },
  ];
}
