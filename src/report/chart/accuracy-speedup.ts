import type { Run } from '../../performance/result.js';
import { type AccuracyBesideSpeed, accuracyBesideSpeed } from '../accuracy.js';
import { bandwidth, bitWidth } from '../figures.js';
import { precisionExceptions } from '../question.js';
import type { Chart, ChartInput, Drawing, PlainObject } from './drawing.js';
import { axis, baseOptions, FILLS, INK, PUBLISHED } from './theme.js';

/** Lines of several networks are told apart by shape and dash, in grey too. */
const STYLES = [
  { pointStyle: 'circle', color: FILLS.dark, dash: [] },
  { pointStyle: 'rect', color: FILLS.middle, dash: [10, 6] },
  { pointStyle: 'triangle', color: INK, dash: [3, 4] },
] as const;

/** The least that the axis of accuracy covers, in percentage points. */
const LEAST_SPAN = 4;

/** Published accuracy against simulated speedup: one line per network and bandwidth, a point per precision. */
export const accuracySpeedup = {
  draws: 'question',
  description: 'published top-1 accuracy against speedup, where it is published',
  draw: ({ runs }: ChartInput) =>
    accuracyBesideSpeed(runs).length === 0
      ? 'needs a run whose accuracy is published (PACT, arXiv:1805.06085v2, Tables 3 to 8): none of these is there'
      : drawAccuracySpeedup(runs),
} as const satisfies Chart;

/** The same for runs of several networks. */
export function drawAccuracySpeedup(runs: readonly Run[]): Drawing {
  const points = accuracyBesideSpeed(runs);
  const accuracies = points.flatMap(({ published, fullPrecision: full }) => [
    published.top1Percent,
    ...(full === null ? [] : [full.top1Percent]),
  ]);
  const baseline = points[0]?.run.speedup?.baselineBits;
  return {
    widthPx: 1200,
    heightPx: 750,
    configuration: {
      type: 'scatter',
      data: { labels: [], datasets: [...linesOf(points), ...fullPrecision(points)] },
      options: baseOptions(
        { title: 'Accuracy against speedup', subtitle: subtitleOf(points) },
        {
          x: axis(`speedup over ${baseline === undefined ? 'the baseline' : bitWidth(baseline)} (times)`, {
            min: 0,
            grace: '12%',
          }),
          y: axis('top-1 accuracy (%)', spanOf(accuracies)),
        },
      ),
    },
  };
}

/** Close accuracies shall look close: half a point is no cliff. */
function spanOf(accuracies: readonly number[]): PlainObject {
  const [least, most] = [Math.min(...accuracies), Math.max(...accuracies)];
  if (most - least >= LEAST_SPAN) return { grace: '12%' };
  const middle = Math.round((least + most) / 2);
  return { min: middle - LEAST_SPAN / 2, max: Math.min(100, middle + LEAST_SPAN / 2) };
}

function subtitleOf(points: readonly AccuracyBesideSpeed[]): string[] {
  const sources = [...new Set(points.map(({ published }) => published.source))];
  const exceptions = [...new Set(points.map(({ run }) => precisionExceptions(run.result.precision).join(', ')))];
  return [
    `accuracy: published, ${sources.join('; ')}; first and last layer in single precision`,
    `speedup: simulated, ${exceptions.map((each) => (each === '' ? 'the same bits in every layer' : each)).join('; ')}`,
  ];
}

function linesOf(points: readonly AccuracyBesideSpeed[]): PlainObject[] {
  const groups = new Map<string, AccuracyBesideSpeed[]>();
  for (const point of points) {
    const { workload, arch } = point.run.result;
    const key = `${workload.name}, ${bandwidth(arch.bandwidthGBps)}`;
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups].map(([label, own], at) => {
    const { pointStyle, color, dash } = STYLES[at % STYLES.length]!;
    const sorted = own.toSorted((a, b) => a.speedup - b.speedup);
    return {
      type: 'line',
      label,
      data: sorted.map(({ speedup, published }) => ({ x: speedup, y: published.top1Percent })),
      pointTexts: sorted.map(({ run }) => bitWidth(run.result.precision.bits)),
      borderColor: color,
      backgroundColor: color,
      borderDash: dash,
      borderWidth: 3,
      pointStyle,
      pointRadius: 8,
    };
  });
}

/** A line for each network, to be compared with: all in one dataset, with gaps between. */
function fullPrecision(points: readonly AccuracyBesideSpeed[]): PlainObject[] {
  const widest = Math.max(...points.map(({ speedup }) => speedup));
  const levels = new Map<string, number>();
  for (const { run, fullPrecision: full } of points)
    if (full !== null) levels.set(run.result.workload.name, full.top1Percent);
  if (levels.size === 0) return [];
  const parts = [...levels].map(([name, y]) => ({
    data: [
      { x: 0, y },
      { x: widest, y },
    ],
    texts: [`${name}, full precision: ${y.toFixed(1)} %`, ''],
  }));
  const gap = { x: null, y: null };
  return [
    {
      type: 'line',
      label: 'full precision (published)',
      data: parts.flatMap(({ data }, at) => (at === 0 ? data : [gap, ...data])),
      pointTexts: parts.flatMap(({ texts }, at) => (at === 0 ? texts : ['', ...texts])),
      borderColor: PUBLISHED,
      backgroundColor: PUBLISHED,
      borderWidth: 2,
      borderDash: [6, 5],
      pointRadius: 0,
      pointStyle: 'line',
    },
  ];
}
