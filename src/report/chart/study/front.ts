import { figureOf, varyingAxes, type MetricName, type PointResult, type StudySummary } from '../../../explore/index.js';
import { grouped, plural, significant } from '../../figures.js';
import { bestWords, metricTitle, valuesText } from '../../metric-texts.js';
import { constraintsText } from '../../explore/question-texts.js';
import type { PlainObject } from '../drawing.js';
import { FILLS, INK, baseOptions } from '../theme.js';
import { metricAxis } from './metric-axis.js';
import { inLines, spread, studyLine, type StudyChart } from './study-chart.js';

/** More of the front than this are left out, evenly along the first objective. */
const MOST_POINTS = 400;
/** From little to much of the third objective: size, px, and lightness say the same, for a legend has one size only. */
const CLASSES = [
  { radius: 6, fill: FILLS.light },
  { radius: 9, fill: FILLS.middle },
  { radius: 12, fill: FILLS.dark },
] as const;
const ONE_CLASS = CLASSES[1];

/** The front and what it dominates: two objectives as axes, a third as size. */
export const frontChart = {
  title: 'Pareto front',
  description: 'the front with dominated points, by the first two objectives; the third as size',
  draw: (summary) => {
    const [x, y, size] = summary.study.objectives;
    if (x === undefined || y === undefined) return 'needs two objectives';
    if (summary.front.length === 0) return 'needs a feasible point';
    const front = spread(summary.front, MOST_POINTS);
    const named = extremes(summary);
    const at = (result: PointResult): PlainObject => ({ x: figureOf(result, x)!, y: figureOf(result, y)! });
    return {
      widthPx: 1200,
      heightPx: 800,
      configuration: {
        type: 'scatter',
        data: {
          labels: [],
          datasets: [
            ...frontSets(front, size, at, named, summary.study.objectives.length === 2),
            {
              label: 'dominated',
              data: summary.dominated.shown.map(at),
              order: 3,
              // Squares without an outline: the least that a file can hold of a point.
              pointStyle: 'rect',
              pointRadius: 3,
              pointBorderWidth: 0,
              borderWidth: 0,
              backgroundColor: '#8c8c8c',
              borderColor: '#8c8c8c',
            },
          ],
        },
        options: baseOptions(
          { title: 'Pareto front', subtitle: inLines([studyLine(summary), ...notes(summary, front.length, named)]) },
          {
            x: metricAxis(x, [...front, ...summary.dominated.shown]),
            y: metricAxis(y, [...front, ...summary.dominated.shown]),
          },
        ),
      },
    };
  },
} as const satisfies StudyChart;

interface Named {
  readonly letter: string;
  readonly words: string;
  readonly result: PointResult;
}

/** The best of each objective, with a letter; one that is best in several has one. */
function extremes({ study, best }: StudySummary): Named[] {
  const byIndex = new Map<number, { result: PointResult; words: string[] }>();
  for (const { metric, result } of best) {
    if (result === null) continue;
    const known = byIndex.get(result.index);
    if (known === undefined) byIndex.set(result.index, { result, words: [bestWords(metric)] });
    else known.words.push(bestWords(metric));
  }
  const axes = varyingAxes(study).map(({ name }) => name);
  return [...byIndex.values()].map(({ result, words }, at) => ({
    letter: String.fromCodePoint(65 + at),
    words: `${words.join(' and ')}: ${valuesText(axes, result.values)}`,
    result,
  }));
}

function notes(summary: StudySummary, drawn: number, named: readonly Named[]): string[] {
  const { study, front, dominated, counts } = summary;
  const limits = constraintsText(study);
  const hidden = dominated.all - dominated.shown.length;
  return [
    [
      ...(limits === undefined ? [] : [`${grouped(counts.feasible)} with ${limits}`]),
      `${plural(front.length, 'point')} on the front${drawn < front.length ? `, ${drawn} of them drawn` : ''}`,
      `${grouped(dominated.all)} dominated${hidden === 0 ? '' : `, ${grouped(dominated.shown.length)} drawn: one where many are close`}`,
    ].join('; '),
    ...named.map(({ letter, words }) => `${letter}  ${words}`),
  ];
}

/** One set of points for each class of size; one in all without a third objective, joined by steps if these are all. */
function frontSets(
  front: readonly PointResult[],
  size: MetricName | undefined,
  at: (result: PointResult) => PlainObject,
  named: readonly Named[],
  isLine: boolean,
): PlainObject[] {
  const letterOf = (result: PointResult): string =>
    named.find(({ result: { index } }) => index === result.index)?.letter ?? '';
  return classesOf(front, size).map(({ label, members, radius, fill }) => ({
    label,
    data: members.map(at),
    pointTexts: members.map(letterOf),
    order: 1,
    // Straight edges: a circle takes forty times as much of a file.
    pointStyle: 'rectRot',
    pointRadius: radius,
    pointBorderWidth: 1,
    backgroundColor: fill,
    borderColor: INK,
    ...(isLine ? { showLine: true, stepped: 'before', borderWidth: 2 } : {}),
  }));
}

/** Thirds of the figures' range, by ratios where these are above 0. */
function classesOf(
  front: readonly PointResult[],
  size: MetricName | undefined,
): { label: string; members: readonly PointResult[]; radius: number; fill: string }[] {
  if (size === undefined) return [{ label: 'on the front', members: front, ...ONE_CLASS }];
  const figures = front.map((result) => figureOf(result, size)!);
  const [min, max] = [Math.min(...figures), Math.max(...figures)];
  const title = metricTitle(size);
  if (min === max) return [{ label: `front, ${title} ${significant(min)}`, members: front, ...ONE_CLASS }];
  const boundary = (step: number): number =>
    min > 0 ? min * (max / min) ** (step / CLASSES.length) : min + ((max - min) * step) / CLASSES.length;
  return CLASSES.map(({ radius, fill }, step) => {
    const [from, to] = [boundary(step), boundary(step + 1)];
    const isLast = step === CLASSES.length - 1;
    const members = front.filter((_, index) => figures[index]! >= from && (isLast || figures[index]! < to));
    return { label: `front, ${title} ${significant(from)} to ${significant(to)}`, members, radius, fill };
  }).filter(({ members }) => members.length > 0);
}
