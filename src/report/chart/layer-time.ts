import type { LayerResult, Run } from '../../performance/result.js';
import { milliseconds, percent } from '../figures.js';
import { machineTitle, runLabel, workloadLine } from '../question.js';
import type { Chart, Drawing, PlainObject } from './drawing.js';
import { layerBars } from './layer-bars.js';
import { barStyle, FILLS } from './theme.js';

/** Where the time of one run goes: a bar a layer, cut into work and waiting. */
export const layerTime = {
  draws: 'run',
  description: 'time of each layer, split into array, vector unit and waiting for memory',
  draw: drawLayerTime,
} as const satisfies Chart;

function drawLayerTime({ result }: Run): Drawing {
  const { clockGHz } = result.arch;
  const microseconds = (cycles: number): number => cycles / (clockGHz * 1e3);
  const part = (label: string, fill: string, cyclesOf: (layer: LayerResult) => number): PlainObject => ({
    label,
    data: result.layers.map((layer) => microseconds(cyclesOf(layer))),
    pointStyle: 'rect',
    ...barStyle(fill),
  });
  const onArray = ({ peakMacsPerCycle }: LayerResult): boolean => peakMacsPerCycle > 0;
  const { totals } = result;
  return layerBars({
    names: result.layers.map(({ name }) => name),
    title: 'Time by layer',
    subtitle: [
      `${workloadLine(result)}, ${runLabel(result)}, ${result.mode}, ${machineTitle(result)}`,
      `${milliseconds(totals.latencyMs)} in all, of which ${percent(totals.stallCycles / totals.totalCycles)} waits for memory`,
    ],
    unit: 'time (µs)',
    datasets: [
      part('array computes', FILLS.dark, (layer) => (onArray(layer) ? layer.computeCycles : 0)),
      part('vector unit computes', FILLS.light, (layer) => (onArray(layer) ? 0 : layer.computeCycles)),
      part('waits for memory', FILLS.middle, ({ stallCycles }) => stallCycles),
    ],
  });
}
