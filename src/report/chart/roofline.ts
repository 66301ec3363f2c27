import type { LayerResult, NetworkResult, Run } from '../../performance/result.js';
import { bandwidth, significant } from '../figures.js';
import { machineTitle, runLabel, workloadLine } from '../question.js';
import type { Chart, Drawing, PlainObject } from './drawing.js';
import { baseOptions, FILLS, INK, logarithmicAxis } from './theme.js';

/** Layers that take the most time are named. */
const NAMED_LAYERS = 5;

/** Each layer by arithmetic intensity and by what it achieves, below the roof of peak and bandwidth. */
export const roofline = {
  draws: 'run',
  description: 'MACs per second of each layer against MACs per off-chip byte, with the roof',
  draw: drawRoofline,
} as const satisfies Chart;

interface Point {
  readonly name: string;
  readonly cycles: number;
  readonly bound: LayerResult['bound'];
  /** MACs per off-chip byte; null for a layer that moves none. */
  readonly intensity: number | null;
  readonly gigaMacs: number;
}

interface Bounds {
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

function drawRoofline({ result }: Run): Drawing | string {
  const points = pointsOf(result);
  if (points.length === 0) return 'needs a layer with MACs: none of these has any';
  const { minX, maxX, minY, maxY } = boundsOf(result, points);
  const named = new Set([...points].sort((a, b) => b.cycles - a.cycles).slice(0, NAMED_LAYERS));
  const layers = (label: string, style: PlainObject, of: (point: Point) => boolean): PlainObject[] => {
    const chosen = points.filter(of);
    if (chosen.length === 0) return [];
    return [
      {
        label,
        data: chosen.map(({ intensity, gigaMacs }) => ({ x: intensity ?? maxX, y: gigaMacs })),
        pointTexts: chosen.map((point) => (named.has(point) ? point.name : '')),
        order: 1,
        pointRadius: 7,
        pointBorderWidth: 1.5,
        borderColor: INK,
        clip: false,
        ...style,
      },
    ];
  };
  const moving =
    (bound: LayerResult['bound']) =>
    (point: Point): boolean =>
      point.intensity !== null && point.bound === bound;
  const peaks = [...new Set(result.layers.flatMap(({ peakMacsPerCycle: peak }) => (peak > 0 ? [peak] : [])))].sort(
    (a, b) => b - a,
  );
  return {
    widthPx: 1200,
    heightPx: 800,
    configuration: {
      type: 'scatter',
      data: {
        labels: [],
        datasets: [
          ...peaks.map((peak, index) => roof(result, peak, index > 0, minX, maxX)),
          ...layers('bound by compute', { pointStyle: 'circle', backgroundColor: FILLS.dark }, moving('compute')),
          ...layers(
            'bound by memory',
            { pointStyle: 'triangle', backgroundColor: FILLS.middle, pointRadius: 9 },
            moving('memory'),
          ),
          ...layers(
            'bound by on-chip memory',
            { pointStyle: 'rectRot', backgroundColor: FILLS.middle, pointRadius: 9 },
            (point) => moving('scratchpad')(point) || moving('on-chip')(point),
          ),
          ...layers(
            'no off-chip traffic (at the right edge)',
            { pointStyle: 'rect', backgroundColor: FILLS.light, pointRadius: 8 },
            ({ intensity }) => intensity === null,
          ),
        ],
      },
      options: baseOptions(
        {
          title: 'Roofline',
          subtitle: [
            `${workloadLine(result)}, ${runLabel(result)}, ${result.mode}, ${machineTitle(result)}`,
            points.length > NAMED_LAYERS
              ? `named: the ${NAMED_LAYERS} layers with MACs that take the most time`
              : 'named: every layer with MACs',
          ],
        },
        {
          x: logarithmicAxis('arithmetic intensity (MACs per off-chip byte, logarithmic)', minX, maxX),
          y: logarithmicAxis('achieved (GMAC/s, logarithmic)', minY, maxY),
        },
      ),
    },
  };
}

function pointsOf({ layers, arch }: NetworkResult): Point[] {
  return layers
    .filter(({ macs }) => macs > 0)
    .map(({ name, macs, totalCycles, bound, offChipBytes }) => ({
      name,
      bound,
      cycles: totalCycles,
      intensity: offChipBytes.total === 0 ? null : macs / offChipBytes.total,
      gigaMacs: (macs / totalCycles) * arch.clockGHz,
    }));
}

/** Everything with room around it, the ridge point included. */
function boundsOf(result: NetworkResult, points: readonly Point[]): Bounds {
  const { arch, totals } = result;
  const peakGigaMacs = totals.peakMacsPerCycle * arch.clockGHz;
  const ridge = peakGigaMacs / arch.bandwidthGBps;
  const xs = [
    ...points.flatMap(({ intensity }) => (intensity === null ? [] : [intensity])),
    ...(ridge > 0 ? [ridge] : []),
  ];
  const ys = points.map(({ gigaMacs }) => gigaMacs);
  return {
    minX: roundDown(Math.min(10, ...xs) / 1.5),
    maxX: roundUp(Math.max(100, ...xs) * 1.5),
    minY: roundDown(Math.min(peakGigaMacs / 10, ...ys) / 1.2),
    maxY: roundUp(peakGigaMacs * 1.3),
  };
}

/** The next 1, 2 or 5 of a decade. */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * decade >= value) ?? 10) * decade;
}

function roundDown(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return ([5, 2].find((step) => step * decade <= value) ?? 1) * decade;
}

function roof(
  { arch }: NetworkResult,
  peakMacsPerCycle: number,
  dashed: boolean,
  minX: number,
  maxX: number,
): PlainObject {
  const peak = peakMacsPerCycle * arch.clockGHz;
  const ridge = peak / arch.bandwidthGBps;
  const slope =
    ridge > minX
      ? [
          { x: minX, y: minX * arch.bandwidthGBps },
          { x: ridge, y: peak },
        ]
      : [{ x: minX, y: peak }];
  return {
    label: `${dashed ? 'roof of wider layers (dashed)' : 'roof'}: ${significant(peak)} GMAC/s, ${bandwidth(arch.bandwidthGBps)}`,
    data: [...slope, { x: maxX, y: peak }],
    order: 2,
    showLine: true,
    pointRadius: 0,
    pointStyle: 'line',
    borderColor: INK,
    borderWidth: 3,
    borderDash: dashed ? [9, 6] : [],
    backgroundColor: INK,
  };
}
