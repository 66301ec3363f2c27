import { pactSpeedup } from '../../explore/index.js';
import type { Run } from '../../performance/result.js';
import { axesOf, baselineOf, runAt } from '../comparison-document.js';
import { bandwidth, bitWidth } from '../figures.js';
import { machineTitle, precisionLabel, workloadLine } from '../question.js';
import type { Chart, ChartInput, Drawing, PlainObject } from './drawing.js';

import { axis, barStyle, baseOptions, INK, inkOn, PUBLISHED, ramp } from './theme.js';

/** More bars than this in a group leave no room for a figure in each. */
const LABELLED_BARS = 4;
const MAX_BAR_PX = 130;

/** Bars: speedup by precision, one per bandwidth. Line: what the peak alone would give. */
export const speedup = {
  draws: 'question',
  description: 'speedup by precision, a bar per bandwidth, with the peak ratio',
  draw: drawSpeedup,
} as const satisfies Chart;

function drawSpeedup({ runs }: ChartInput): Drawing {
  const { precisions, bandwidthsGBps } = axesOf(runs);
  const baseline = baselineOf(runs);
  // The baseline is always seen, also where none of the runs is at its precision.
  const groups = baseline === undefined || precisions.includes(baseline) ? precisions : [baseline, ...precisions];
  const over = `over ${baseline ?? 'the baseline'}`;
  const fills = ramp(bandwidthsGBps.length);
  const bars = bandwidthsGBps.map((bandwidthGBps, index): PlainObject => {
    const fill = fills[index] ?? INK;
    return {
      type: 'bar',
      label: bandwidth(bandwidthGBps),
      data: groups.map((group) =>
        group === baseline ? 1 : (runAt(runs, group, bandwidthGBps)?.speedup?.value ?? null),
      ),
      maxBarThickness: MAX_BAR_PX,
      order: 3,
      pointStyle: 'rect',
      ...barStyle(fill),
      ...(bandwidthsGBps.length <= LABELLED_BARS
        ? { valueLabels: { decimals: 2, suffix: 'x', place: 'foot', color: inkOn(fill) } }
        : {}),
    };
  });
  const first = runs[0]?.result;
  return {
    widthPx: 1200,
    heightPx: 750,
    configuration: {
      type: 'bar',
      data: { labels: groups, datasets: [...bars, peakLine(runs, groups, baseline), ...publishedPoint(runs, groups)] },
      options: baseOptions(
        {
          title: `Speedup ${over}`,
          subtitle: first === undefined ? [] : [`${workloadLine(first)}, ${first.mode}, ${machineTitle(first)}`],
        },
        {
          x: axis('operand width', { grid: { display: false } }),
          y: axis(`speedup ${over} (times)`, { beginAtZero: true, grace: '8%' }),
        },
      ),
    },
  };
}

function peakLine(runs: readonly Run[], groups: readonly string[], baseline: string | undefined): PlainObject {
  return {
    type: 'line',
    label: 'peak ratio',
    data: groups.map((group) => (group === baseline ? 1 : ratioAt(runs, group))),
    order: 2,
    borderColor: INK,
    borderWidth: 2,
    borderDash: [8, 5],
    backgroundColor: '#ffffff',
    pointStyle: 'circle',
    pointRadius: 6,
    pointBorderWidth: 2,
  };
}

function ratioAt(runs: readonly Run[], precision: string): number | null {
  const run = runs.find(
    ({ result, speedup: found }) => found !== null && precisionLabel(result.precision) === precision,
  );
  return run?.speedup?.factors.peak ?? null;
}

/** The published point, above the bar it belongs to; nothing where these runs do not ask the question it answers. */
function publishedPoint(runs: readonly Run[], groups: readonly string[]): PlainObject[] {
  const { bandwidthsGBps } = axesOf(runs);
  const { workload, machine, baselineBits, bits, edgeBits, bandwidthGBps } = pactSpeedup;
  const run = runs.find(
    ({ result, speedup: found }) =>
      result.workload.name.startsWith(workload) &&
      result.arch.name === machine &&
      result.arch.memory === null &&
      found?.baselineBits === baselineBits &&
      result.precision.bits === bits &&
      result.precision.edgeBits === edgeBits &&
      result.arch.bandwidthGBps === bandwidthGBps,
  );
  if (run === undefined) return [];
  const at = precisionLabel(run.result.precision);
  return [
    {
      type: 'line',
      label: `published: ${pactSpeedup.speedup}x at ${bitWidth(bits)}, ${bandwidth(bandwidthGBps)} (PACT)`,
      data: groups.map((group) => (group === at ? pactSpeedup.speedup : null)),
      order: 1,
      showLine: false,
      backgroundColor: PUBLISHED,
      borderColor: '#ffffff',
      pointStyle: 'rectRot',
      pointRadius: 10,
      pointBorderWidth: 2,
      alignWithDataset: bandwidthsGBps.indexOf(bandwidthGBps),
    },
  ];
}
