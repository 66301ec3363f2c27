import type { MachineComparison } from '../../explore/index.js';
import { layerDifferences } from '../compare/layer-differences.js';
import { comparisonLabel, ratioText, shortNames } from '../compare/names.js';
import { milliseconds, percent } from '../figures.js';
import { workloadLine } from '../question.js';
import type { Drawing, PlainObject } from './drawing.js';
import { axis, barStyle, baseOptions, FILLS } from './theme.js';

/** Layers drawn of those that differ most. */
const SHOWN = 20;

/** The layers that differ most, with the time each takes on both machines. */
export function drawMachineComparison(comparison: MachineComparison): Drawing {
  const { first, second, speedup } = comparison;
  const [one, other] = shortNames(comparison);
  const shown = layerDifferences(comparison)
    .filter(({ differenceUs }) => differenceUs !== 0)
    .slice(0, SHOWN);
  const share = shown.reduce((sum, { shareFraction }) => sum + shareFraction, 0);
  const bars = (label: string, data: readonly number[], fill: string): PlainObject => ({
    label,
    data,
    pointStyle: 'rect',
    ...barStyle(fill),
  });
  return {
    widthPx: 1200,
    heightPx: 260 + 36 * Math.max(6, shown.length),
    configuration: {
      type: 'bar',
      data: {
        labels: shown.map(({ first: layer }) => layer.name),
        datasets: [
          bars(
            one,
            shown.map(({ firstUs }) => firstUs),
            FILLS.light,
          ),
          bars(
            other,
            shown.map(({ secondUs }) => secondUs),
            FILLS.dark,
          ),
        ],
      },
      options: baseOptions(
        {
          title: `Layers that differ most between ${one} and ${other}`,
          subtitle: [
            `${workloadLine(second)}, ${second.mode}, ${comparisonLabel(comparison)}: ${milliseconds(first.totals.latencyMs)} and ` +
              `${milliseconds(second.totals.latencyMs)} in all, ${ratioText(speedup.value)}`,
            shown.length === 0
              ? 'every layer takes as long on both'
              : `these ${shown.length} layers have ${percent(share)} of the differences of all layers`,
          ],
        },
        {
          x: axis('time of the layer (µs)', { position: 'top', beginAtZero: true }),
          y: axis('layer', { grid: { display: false } }, { autoSkip: false }),
        },
        { indexAxis: 'y' },
      ),
    },
  };
}
