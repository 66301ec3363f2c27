import type { MacStudy } from '../../explore/index.js';
import { bandwidth, significant } from '../figures.js';
import { workloadLine } from '../question.js';
import type { Drawing } from './drawing.js';
import { axis, baseOptions, FILLS, INK, logarithmicAxis } from './theme.js';

/** Marks and dashes tell the lines apart without their colours, which differ in lightness as well. */
const STYLES = [
  { pointStyle: 'circle', color: INK, fill: INK, dash: [] },
  { pointStyle: 'rect', color: FILLS.dark, fill: FILLS.dark, dash: [12, 5] },
  { pointStyle: 'triangle', color: FILLS.middle, fill: FILLS.middle, dash: [] },
  { pointStyle: 'rectRot', color: '#8a4b08', fill: '#8a4b08', dash: [3, 4] },
  { pointStyle: 'rectRot', color: '#8a4b08', fill: '#ffffff', dash: [12, 4, 3, 4] },
  { pointStyle: 'star', color: '#2f7d4f', fill: '#2f7d4f', dash: [] },
  { pointStyle: 'crossRot', color: '#7fb58f', fill: '#7fb58f', dash: [8, 4] },
  { pointStyle: 'circle', color: '#7a7a7a', fill: '#ffffff', dash: [2, 3] },
] as const;

/** Latency over operand width, a line for each kind of unit; all have the same silicon. */
export function drawMacKinds({ budgetMm2, columns }: MacStudy): Drawing {
  const first = columns[0]!.points[0]!.result;
  const latencies = columns.flatMap(({ points }) => points.map(({ result }) => result.totals.latencyMs));
  return {
    widthPx: 1400,
    heightPx: 850,
    configuration: {
      type: 'line',
      data: {
        labels: columns[0]!.points.map(({ bits }) => String(bits)),
        datasets: columns.map(({ candidate, points }, index) => {
          const style = STYLES[index % STYLES.length]!;
          return {
            label: candidate.short,
            data: points.map(({ result }) => result.totals.latencyMs),
            borderColor: style.color,
            borderDash: [...style.dash],
            borderWidth: 3,
            backgroundColor: style.fill,
            pointStyle: style.pointStyle,
            pointRadius: 8,
            pointBorderWidth: 2,
          };
        }),
      },
      options: baseOptions(
        {
          title: 'Kinds of MAC unit in the same silicon',
          subtitle: [
            `${workloadLine(first)}, ${first.mode}, machine ${first.arch.name} at ${bandwidth(first.arch.bandwidthGBps)}; ` +
              `MAC units of ${significant(budgetMm2)} mm² per core; edge layers 8 bits below 8`,
          ],
        },
        {
          x: axis('width of weights and activations (bits)', { offset: true }),
          y: logarithmicAxis(
            'latency of one inference (ms, logarithmic)',
            Math.min(...latencies) / 1.15,
            Math.max(...latencies) * 1.15,
          ),
        },
      ),
    },
  };
}
