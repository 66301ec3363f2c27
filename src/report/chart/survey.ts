import type { Survey } from '../../explore/index.js';
import { bandwidth, bitWidth, times } from '../figures.js';
import { ranked, type Standing } from '../survey/standing.js';
import type { Drawing, PlainObject } from './drawing.js';
import { axis, baseOptions, INK, logarithmicAxis, ramp } from './theme.js';

const ROW_PX = 27;
/** Title, axes and legend. */
const FRAME_PX = 270;
/** Canvases have limits; with more networks than that names are left out, evenly. */
const MAX_HEIGHT_PX = 8000;
/** Marks of the axis, times a power of two. */
const TICKS_OF_OCTAVE = [1, 1.5] as const;
/** The row that shows where linear is. */
const PEAKS = 'ratio of peaks';
/** Apart in shape as well as in lightness. */
const SHAPES = ['circle', 'rectRot', 'triangle', 'rect'] as const;

/** A row a network, the one that gains most on top; a point a width, narrower ones darker; dashed, the ratios of peaks. */
export function drawSurvey(survey: Survey): Drawing {
  const { baselineBits, bits, focusBits } = survey;
  const standings = ranked(survey);
  const peaks = bits.map((_, index) => Math.max(...standings.map(({ row }) => factorAt(row, index))));
  const values = standings.flatMap(({ row }) => row.points.map(({ speedup }) => speedup.value));
  const { min, max } = boundsOf([...values, ...peaks]);
  const { arch, mode } = standings[0]!.row.baseline;
  const labels = [PEAKS, ...standings.map(({ row, point }) => `${row.name}  ${times(point.speedup.value)}`)];
  const heightPx = Math.min(MAX_HEIGHT_PX, FRAME_PX + ROW_PX * labels.length);
  const scale = (position: 'top' | 'bottom'): PlainObject => ({
    ...logarithmicAxis(`speedup over ${bitWidth(baselineBits)} (times, logarithmic)`, min, max),
    axis: 'x',
    position,
    tickValues: ticksBetween(min, max),
  });
  return {
    widthPx: 1200,
    heightPx,
    configuration: {
      type: 'line',
      data: { labels, datasets: [...pointsOf(survey, standings, peaks), peakLines(labels, peaks)] },
      options: baseOptions(
        {
          title: `Speedup over ${bitWidth(baselineBits)}, network by network`,
          subtitle: [
            `machine ${arch.name}, ${bandwidth(arch.bandwidthGBps)}, ${mode}; the figure beside a name is at ${bitWidth(focusBits)}`,
            'dashed: by how much the MACs per cycle grow; right of its line a network gains more than that',
          ],
        },
        {
          x: scale('top'),
          xBelow: { ...scale('bottom'), title: { display: false } },
          y: axis('', { offset: true, title: { display: false } }, { autoSkip: heightPx === MAX_HEIGHT_PX }),
        },
        { indexAxis: 'y' },
      ),
    },
  };
}

function pointsOf({ bits }: Survey, standings: readonly Standing[], peaks: readonly number[]): PlainObject[] {
  const fills = ramp(bits.length).reverse();
  return bits.map((width, index) => ({
    label: bitWidth(width),
    data: [peaks[index]!, ...standings.map(({ row }) => row.points[index]!.speedup.value)],
    showLine: false,
    pointStyle: SHAPES[index % SHAPES.length]!,
    pointRadius: 8,
    pointBorderWidth: 1.5,
    backgroundColor: fills[index]!,
    borderColor: INK,
    order: 1,
  }));
}

/** One line of several pieces: a null parts them. */
function peakLines(labels: readonly string[], peaks: readonly number[]): PlainObject {
  const [first, last] = [labels[0]!, labels.at(-1)!];
  return {
    label: `${PEAKS} (dashed)`,
    data: peaks.flatMap((x) => [
      { x, y: first },
      { x, y: last },
      { x: null, y: last },
    ]),
    pointRadius: 0,
    pointStyle: 'line',
    borderColor: INK,
    borderWidth: 2,
    borderDash: [8, 5],
    backgroundColor: INK,
    order: 2,
  };
}

function factorAt(row: Standing['row'], index: number): number {
  return row.points[index]!.speedup.factors.peak;
}

/** Room for a point on both sides. */
function boundsOf(values: readonly number[]): { min: number; max: number } {
  return { min: Math.min(...values) / 1.08, max: Math.max(...values) * 1.08 };
}

function ticksBetween(min: number, max: number): number[] {
  const ticks: number[] = [];
  for (let octave = 2 ** Math.floor(Math.log2(min)); octave <= max; octave *= 2) {
    ticks.push(...TICKS_OF_OCTAVE.map((step) => step * octave).filter((tick) => tick >= min && tick <= max));
  }
  return ticks;
}
