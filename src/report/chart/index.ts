import { failure } from '../../errors.js';
import { bandwidth } from '../figures.js';
import { accuracySpeedup } from './accuracy-speedup.js';
import type { Chart, ChartInput, Drawing } from './drawing.js';
import { energy } from './energy.js';
import { layerTime } from './layer-time.js';
import { macArea } from './mac-area.js';
import type { ChartPlugin } from './drawn-chart.js';
import { commonPlugin } from './plugins.js';
import { roofline } from './roofline.js';
import { speedup } from './speedup.js';
import { studyPlugin } from './study-plugins.js';
import { traffic } from './traffic.js';

export type { Chart, ChartConfiguration, ChartInput, Drawing, Plain, PlainObject } from './drawing.js';
export { drawAccuracySpeedup } from './accuracy-speedup.js';
export type { ChartPlugin, DrawnChart } from './drawn-chart.js';
export { FONT_FAMILY } from './theme.js';

/** Any renderer passes them to chart.js as `plugins`; without them the charts are poorer, not wrong. */
export const chartPlugins: readonly ChartPlugin[] = [commonPlugin, studyPlugin];

/** Every kind of chart; `--chart-kind` and its help derive from the keys. */
export const charts = {
  speedup,
  'mac-area': macArea,
  roofline,
  'layer-time': layerTime,
  traffic,
  energy,
  'accuracy-speedup': accuracySpeedup,
} as const satisfies Record<string, Chart>;

export type ChartKind = keyof typeof charts;

/** The chart that answers best: several runs are compared, of one run the time is shown. */
export function defaultChartKind(input: ChartInput): ChartKind {
  return input.runs.length > 1 ? 'speedup' : 'layer-time';
}

/**
 * Draws one chart.
 * @throws AccelsimError if the chart shows one run and there are several, or what it shows is not known of these
 */
export function drawChart(kind: ChartKind, input: ChartInput): Drawing {
  const chart: Chart = charts[kind];
  if (chart.draws === 'question') return drawn(kind, chart.draw(input));
  const [run] = input.runs;
  if (run === undefined || input.runs.length > 1) {
    throw failure(
      '--chart-kind',
      '',
      `${kind} draws one run`,
      `${input.runs.length} runs`,
      'ask for one precision and one bandwidth',
    );
  }
  return drawn(kind, chart.draw(run));
}

function drawn(kind: ChartKind, drawing: Drawing | string): Drawing {
  if (typeof drawing === 'string') throw failure('--chart-kind', '', `${kind} ${drawing}`);
  return drawing;
}

/** Every chart that a question has something for, by a name that can be a file's; charts of one run once for each run, in a folder each. */
export function drawAllCharts(input: ChartInput): { name: string; drawing: Drawing }[] {
  return Object.entries(charts).flatMap(([kind, chart]: [string, Chart]) => {
    if (chart.draws === 'question') {
      const drawing = chart.draw(input);
      return typeof drawing === 'string' ? [] : [{ name: kind, drawing }];
    }
    return input.runs.flatMap((run) => {
      const drawing = chart.draw(run);
      if (typeof drawing === 'string') return [];
      return [{ name: input.runs.length === 1 ? kind : `${folderName(run)}/${kind}`, drawing }];
    });
  });
}

/** `4-bit-64-GBps`, `mixed-bits-unlimited`. */
function folderName({ result: { precision, arch } }: ChartInput['runs'][number]): string {
  const bits = precision.bits === null ? 'mixed-bits' : `${precision.bits}-bit`;
  return `${bits}-${bandwidth(arch.bandwidthGBps).replace(' GB/s', '-GBps').replaceAll(',', '')}`;
}
