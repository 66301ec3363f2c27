import { MAX_CELLS, metrics, varyingAxes, type AxisPair, type StudySummary } from '../../../explore/index.js';
import { grouped, significant } from '../../figures.js';
import { bestWords, figureText, levelText, metricTitle } from '../../metric-texts.js';
import { constraintsText } from '../../explore/question-texts.js';
import type { Drawing, PlainObject } from '../drawing.js';
import { axis, baseOptions, inkOn, ramp } from '../theme.js';
import { inLines, studyLine, type HeatMapAxes, type StudyChart } from './study-chart.js';

const SHADES = 6;
/** Cells smaller than this have no room for a figure, px. */
const TEXT_ROOM = { width: 66, height: 24 } as const;
const SIZE = { width: 1200, least: 520, row: 46, frame: 300, most: 1400 } as const;
/** What the frame takes of the width, px: about, as it is laid out by the renderer. */
const FRAME_WIDTH = 130;

/** The first objective over the two axes that move it most, or that were asked for. */
export const heatMapChart = {
  title: 'Heat map of two axes',
  description: 'the best of the first objective at each place of the two axes that move it most',
  draw: (summary, { heatMap }) => {
    if (heatMap === undefined) {
      const pair = mostMoving(summary);
      return pair === undefined
        ? `needs two axes that vary, of at most ${grouped(MAX_CELLS)} places together`
        : drawPair(summary, upright(pair));
    }
    const pair = askedPair(summary, heatMap);
    return pair === undefined ? 'needs a feasible point' : drawPair(summary, pair);
  },
} as const satisfies StudyChart;

/** The pair whose axes go with most of the objective's variance. */
function mostMoving({ study, effects, pairs }: StudySummary): AxisPair | undefined {
  const shareOf = (name: string): number =>
    effects.find(({ axis: own, metric }) => own === name && metric === study.objectives[0])?.share ?? 0;
  const together = ({ rows, columns }: AxisPair): number => shareOf(rows) + shareOf(columns);
  return pairs.filter(hasPoints).toSorted((a, b) => together(b) - together(a))[0];
}

function drawPair(summary: StudySummary, pair: AxisPair): Drawing {
  const { study } = summary;
  const metric = study.objectives[0]!;
  const { rows, columns, best } = pair;
  const [rowLabels, columnLabels] = [rows, columns].map((name) =>
    study.axes.find((own) => own.name === name)!.levels.map(({ label }) => levelText(label)),
  );
  const others = varyingAxes(study).flatMap(({ name }) => (name === rows || name === columns ? [] : [name]));
  const limits = constraintsText(study);
  const heightPx = Math.min(SIZE.most, Math.max(SIZE.least, SIZE.frame + SIZE.row * rowLabels!.length));
  const hasTexts =
    (SIZE.width - FRAME_WIDTH) / columnLabels!.length >= TEXT_ROOM.width &&
    (heightPx - SIZE.frame) / rowLabels!.length >= TEXT_ROOM.height;
  const shades = shadesOf(best.flat().filter((value) => value !== null));
  const fills = ramp(Math.max(2, shades.length));
  // Dark is good: the least of what is minimised, the greatest of what is maximised.
  const inOrder = metrics[metric].direction === 'minimise' ? fills : fills.toReversed();
  const sets = shades.map(({ from, to }, shade): PlainObject => {
    const isLast = shade === shades.length - 1;
    const cells = best.flatMap((row, y) =>
      row.flatMap((value, x) =>
        value !== null && value >= from && (isLast || value < to)
          ? [{ x: columnLabels![x]!, y: rowLabels![y]!, value }]
          : [],
      ),
    );
    const fill = inOrder[shade]!;
    return {
      label: from === to ? figureText(metric, from) : `${significant(from)} to ${figureText(metric, to)}`,
      data: cells.map(({ x, y }) => ({ x, y })),
      cells: { across: columnLabels!.length, up: rowLabels!.length, color: inkOn(fill) },
      ...(hasTexts ? { cellTexts: cells.map(({ value }) => significant(value)) } : {}),
      pointRadius: 0,
      pointStyle: 'rect',
      backgroundColor: fill,
      borderColor: '#808080',
      borderWidth: 1,
    };
  });
  return {
    widthPx: SIZE.width,
    heightPx,
    configuration: {
      type: 'scatter',
      data: { labels: [], datasets: sets },
      options: baseOptions(
        {
          title: `${capital(bestWords(metric))} by ${columns} and ${rows}`,
          subtitle: inLines([
            studyLine(summary),
            `${metricTitle(metric)}, ${others.length === 0 ? 'one point in each cell' : `the best over ${others.join(', ')}`}` +
              (limits === undefined ? '' : `, with ${limits}`),
            'dark is good; a white cell has no feasible point',
          ]),
        },
        { x: categories(columns, columnLabels!), y: categories(rows, rowLabels!, true) },
      ),
    },
  };
}

/** The axes as they were asked for, whichever has more levels. */
function askedPair({ pairs }: StudySummary, { across, up }: HeatMapAxes): AxisPair | undefined {
  const pair = pairs.find(({ rows, columns }) => [rows, columns].every((name) => name === across || name === up));
  if (pair === undefined || !hasPoints(pair)) return undefined;
  return pair.columns === across ? pair : turned(pair);
}

function hasPoints({ best }: AxisPair): boolean {
  return best.some((row) => row.some((value) => value !== null));
}

/** More columns than rows: pictures are wide. */
function upright(pair: AxisPair): AxisPair {
  const [first = []] = pair.best;
  return first.length >= pair.best.length ? pair : turned(pair);
}

function turned(pair: AxisPair): AxisPair {
  const [first = []] = pair.best;
  return {
    rows: pair.columns,
    columns: pair.rows,
    best: first.map((_, column) => pair.best.map((row) => row[column]!)),
  };
}

function categories(title: string, labels: readonly string[], reverse = false): PlainObject {
  return axis(title, { type: 'category', labels, offset: true, reverse, grid: { display: false } });
}

/** Ranges of the figures from the least to the greatest: by ratios where all are above 0, else by differences. */
function shadesOf(values: readonly number[]): { from: number; to: number }[] {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  if (min === max) return [{ from: min, to: max }];
  const boundary = (step: number): number => {
    if (step === SHADES) return max;
    return min > 0 ? min * (max / min) ** (step / SHADES) : min + ((max - min) * step) / SHADES;
  };
  return Array.from({ length: SHADES }, (_, step) => ({ from: boundary(step), to: boundary(step + 1) }));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
