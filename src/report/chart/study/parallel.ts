import {
  figureOf,
  metrics,
  varyingAxes,
  type MetricName,
  type PointResult,
  type StudySummary,
} from '../../../explore/index.js';
import { grouped, plural, significant } from '../../figures.js';
import { levelText } from '../../metric-texts.js';
import { wrap } from '../../text.js';
import type { Drawing, PlainObject } from '../drawing.js';
import { baseOptions, FILLS, INK } from '../theme.js';
import { inLines, spread, studyLine, type StudyChart } from './study-chart.js';

/** More lines than these hide one another. */
const MOST = { front: 60, dominated: 200 } as const;
/** Levels of one axis that have a text. */
const MOST_TEXTS = 9;
const COLUMN_PX = 190;
const LEAST_WIDTH_PX = 1000;
/** Room right of the last axis for its texts, in columns. */
const RIGHT_ROOM = 0.5;
/** Room above the lines for their names, in lengths of a line. */
const HEAD_ROOM = 0.2;
/** Left of the first axis for its name, in columns. */
const LEFT_ROOM = 0.45;
/** Of a name, or of the text of a level, in one line. */
const MOST_CHARACTERS = 18;
/** Of the text of a level: more would meet those above and below it. */
const MOST_LINES = 3;

/** One vertical line of the picture. */
interface Column {
  /** In lines. */
  readonly title: readonly string[];
  /** 0 at the foot, 1 at the head; null for a point that is nowhere on it. */
  readonly heightOf: (result: PointResult) => number | null;
  readonly marks: readonly { readonly height: number; readonly text: string }[];
}

/** Every axis and every objective as a vertical line, every point as a line across them. */
export const parallelChart = {
  title: 'Parallel coordinates',
  description: 'axes and objectives side by side, a line for each point, the front highlighted',
  draw: (summary) => (summary.front.length === 0 ? 'needs a feasible point' : drawParallel(summary)),
} as const satisfies StudyChart;

function drawParallel(summary: StudySummary): Drawing {
  const { study } = summary;
  const front = spread(summary.front, MOST.front);
  const dominated = spread(summary.dominated.shown, MOST.dominated);
  const columns = [
    ...varyingAxes(study).map(axisColumn),
    ...study.objectives.map((metric) => metricColumn(metric, [...front, ...dominated])),
  ];
  return {
    widthPx: Math.max(LEAST_WIDTH_PX, COLUMN_PX * columns.length + 100),
    heightPx: 800,
    configuration: {
      type: 'scatter',
      data: {
        labels: [],
        datasets: [
          lines('on the front', columns, front, { borderColor: FILLS.dark, borderWidth: 2.5, order: 2 }),
          lines('dominated', columns, dominated, { borderColor: '#d0c4b4', borderWidth: 1, order: 3 }),
          verticals(columns),
        ],
      },
      options: baseOptions(
        {
          title: 'Parallel coordinates',
          subtitle: inLines([
            studyLine(summary),
            `front: ${drawnOf(front.length, summary.front.length)}; dominated: ${drawnOf(dominated.length, summary.dominated.all)}; ` +
              'levels of an axis in their order from below, objectives from their least to their greatest, by ratios where above 0',
          ]),
        },
        {
          x: { type: 'linear', min: -LEFT_ROOM, max: columns.length - 1 + RIGHT_ROOM, display: false },
          y: { type: 'linear', min: -0.03, max: 1 + HEAD_ROOM, display: false },
        },
      ),
    },
  };
}

function axisColumn({ name, levels }: StudySummary['study']['axes'][number]): Column {
  const places = new Map(levels.map(({ label }, at) => [label, at / (levels.length - 1)]));
  return {
    title: nameLines(name),
    heightOf: ({ values }) => places.get(values[name]!) ?? null,
    marks: spread([...levels.keys()], MOST_TEXTS).map((at) => ({
      height: at / (levels.length - 1),
      text: levelLines(levelText(levels[at]!.label)),
    })),
  };
}

/** A long level in lines that end before the next axis does; what does not fit is left out, and said to be. */
function levelLines(text: string): string {
  const all = wrap(text, MOST_CHARACTERS).map((line) => cut(line, false));
  const shown = all.slice(0, MOST_LINES);
  return shown.map((line, at) => (at === MOST_LINES - 1 ? cut(line, all.length > MOST_LINES) : line)).join('\n');
}

function cut(line: string, goesOn: boolean): string {
  const isWhole = line.length <= MOST_CHARACTERS && !goesOn;
  return isWhole ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`;
}

/** Linked fields one below the other, long paths by their parts. */
function nameLines(name: string): string[] {
  return name
    .split(/(?<= \+) /)
    .flatMap((field) => (field.length > MOST_CHARACTERS ? field.split(/(?<=\.)/) : [field]));
}

function metricColumn(metric: MetricName, results: readonly PointResult[]): Column {
  const figures = results.flatMap((result) => figureOf(result, metric) ?? []);
  const [min, max] = [Math.min(...figures), Math.max(...figures)];
  const byRatios = min > 0;
  const partOf = (value: number): number => {
    if (min === max) return 0.5;
    return byRatios ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  };
  const valueAt = (part: number): number => (byRatios ? min * (max / min) ** part : min + (max - min) * part);
  const { label, unit, direction } = metrics[metric];
  return {
    title: [unit === '' ? label : `${label} (${unit})`, direction === 'minimise' ? 'less is better' : 'more is better'],
    heightOf: (result) => {
      const figure = figureOf(result, metric);
      return figure === null ? null : partOf(figure);
    },
    marks:
      min === max
        ? [{ height: 0.5, text: significant(min) }]
        : [0, 0.25, 0.5, 0.75, 1].map((height) => ({ height, text: significant(valueAt(height)) })),
  };
}

/** The vertical lines, interrupted from one to the next. */
function verticals(columns: readonly Column[]): PlainObject {
  const stops = columns.flatMap(({ title, marks }, x) => [
    { x, y: 0, text: '', head: [] },
    ...marks.map(({ height, text }) => ({ x, y: height, text, head: [] })),
    { x, y: 1, text: '', head: title },
    { x: null, y: null, text: '', head: [] },
  ]);
  return {
    label: 'axes and objectives',
    data: stops.map(({ x, y }) => ({ x, y })),
    levelTexts: stops.map(({ text }) => text),
    headTexts: stops.map(({ head }) => [...head]),
    showLine: true,
    spanGaps: false,
    order: 1,
    pointStyle: 'line',
    pointRadius: stops.map(({ text }) => (text === '' ? 0 : 5)),
    borderColor: INK,
    backgroundColor: INK,
    borderWidth: 1.5,
  };
}

/** All points as one line that is interrupted between them. */
function lines(
  label: string,
  columns: readonly Column[],
  results: readonly PointResult[],
  style: PlainObject,
): PlainObject {
  return {
    label,
    data: results.flatMap((result) => [
      ...columns.map(({ heightOf }, x) => ({ x, y: heightOf(result) })),
      { x: null, y: null },
    ]),
    showLine: true,
    spanGaps: false,
    pointRadius: 0,
    pointStyle: 'line',
    ...style,
  };
}

function drawnOf(drawn: number, all: number): string {
  return drawn === all ? plural(all, 'point') : `${drawn} of ${grouped(all)} points`;
}
