import type { ChipSplitStudy, SplitPoint, SplitSeries } from '../../explore/index.js';
import { bandwidth, bitWidth, significant } from '../figures.js';
import { workloadLine } from '../question.js';
import type { Drawing, PlainObject } from './drawing.js';
import { axis, baseOptions, FILLS, INK, logarithmicAxis } from './theme.js';

/** Lines of widths are told apart by shape and dash, in grey too. */
const STYLES = [
  { pointStyle: 'circle', color: FILLS.dark, dash: [] },
  { pointStyle: 'rect', color: '#a05a00', dash: [12, 5] },
  { pointStyle: 'triangle', color: '#4f7942', dash: [6, 4] },
  { pointStyle: 'rectRot', color: INK, dash: [2, 4] },
] as const;

/**
 * Cycles over the MAC share of the area at one bandwidth (the first where left out): a line for each width through the
 * better of arrays as large, the best split marked.
 */
export function drawChipSplit({ series, arch, budget }: ChipSplitStudy, bandwidthGBps?: number): Drawing {
  const [first] = series;
  const drawn = series.filter((one) => one.bandwidthGBps === (bandwidthGBps ?? first!.bandwidthGBps));
  const cycles = drawn.flatMap((one) => envelope(one).map(({ totalCycles }) => totalCycles));
  const standing = first!.standingResult;
  const standingPoints = drawn.map(({ standing: own }) => own);
  return {
    widthPx: 1200,
    heightPx: 820,
    configuration: {
      type: 'scatter',
      data: {
        labels: [],
        datasets: [
          ...drawn.map((one, at) => line(one, at)),
          marks(
            'best split',
            drawn.map(({ best }) => best),
            'star',
            13,
          ),
          marks('the machine as it stands', standingPoints, 'crossRot', 9),
        ],
      },
      options: baseOptions(
        {
          title: 'Cycles by how the area is split between MACs and scratchpads',
          subtitle: [
            `${workloadLine(standing)}, ${standing.mode}, machine ${arch.name}, ${bandwidth(drawn[0]!.bandwidthGBps)}, ` +
              `${significant(budget.spentMm2)} mm² to split`,
          ],
        },
        {
          x: axis('MACs with their registers, share of the area that is split (%)', { min: 0, max: 100 }),
          y: logarithmicAxis('cycles (logarithmic)', Math.min(...cycles) / 1.4, Math.max(...cycles) * 1.2),
        },
      ),
    },
  };
}

/** Of arrays with as many elements the fastest. */
function envelope({ points }: SplitSeries): SplitPoint[] {
  const fastest = new Map<number, SplitPoint>();
  for (const point of points) {
    const elements = point.shape.rows * point.shape.columns;
    const known = fastest.get(elements);
    if (known === undefined || point.totalCycles < known.totalCycles) fastest.set(elements, point);
  }
  return [...fastest.values()].toSorted((a, b) => a.macFraction - b.macFraction);
}

function line(series: SplitSeries, at: number): PlainObject {
  const { pointStyle, color, dash } = STYLES[at % STYLES.length]!;
  return {
    type: 'line',
    label: bitWidth(series.bits),
    data: envelope(series).map(place),
    order: 2,
    borderColor: color,
    backgroundColor: color,
    borderDash: dash,
    borderWidth: 2.5,
    pointStyle,
    pointRadius: 4,
  };
}

function marks(label: string, points: readonly SplitPoint[], pointStyle: string, radius: number): PlainObject {
  return {
    type: 'line',
    label,
    data: points.map(place),
    order: 1,
    showLine: false,
    pointStyle,
    pointRadius: radius,
    pointBorderWidth: 2.5,
    borderColor: INK,
    backgroundColor: '#ffffff',
  };
}

function place({ macFraction, totalCycles }: SplitPoint): { x: number; y: number } {
  return { x: 100 * macFraction, y: totalCycles };
}
