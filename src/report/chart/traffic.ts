import type { OffChipBytes, Run } from '../../performance/result.js';
import { bandwidth, bitWidth, bytes } from '../figures.js';
import { machineTitle, precisionExceptions, runLabel, workloadLine } from '../question.js';
import { axisUnit, axisUnits } from './axis-unit.js';
import type { Chart, ChartInput, Drawing, PlainObject } from './drawing.js';
import { layerBars } from './layer-bars.js';
import { axis, barStyle, baseOptions, FILLS, INK } from './theme.js';

const operands = [
  { label: 'weights', key: 'weights', fill: FILLS.dark },
  { label: 'inputs', key: 'inputs', fill: FILLS.middle },
  { label: 'outputs and partial sums', key: 'outputs', fill: FILLS.light },
] as const satisfies readonly { label: string; key: keyof OffChipBytes; fill: string }[];

/** What moves over the off-chip channel, by operand: by layer for one run, by run for several. */
export const traffic = {
  draws: 'question',
  description: 'off-chip traffic by operand: of each layer for one run, of each run for several',
  draw: ({ runs }: ChartInput) => (runs.length === 1 && runs[0] !== undefined ? drawLayers(runs[0]) : drawRuns(runs)),
} as const satisfies Chart;

function drawLayers({ result }: Run): Drawing {
  const { totals } = result;
  const unit = axisUnit(
    axisUnits.bytesOfLayers,
    result.layers.map(({ offChipBytes }) => offChipBytes.total),
  );
  return layerBars({
    names: result.layers.map(({ name }) => name),
    title: 'Off-chip traffic by layer',
    subtitle: [
      `${workloadLine(result)}, ${runLabel(result)}, ${result.mode}, ${machineTitle(result)}`,
      `${bytes(totals.offChipBytes.total)} in all`,
    ],
    unit: `off-chip traffic (${unit.name})`,
    datasets: stacked(
      result.layers.map(({ offChipBytes }) => offChipBytes),
      unit.size,
    ),
  });
}

function drawRuns(runs: readonly Run[]): Drawing {
  const first = runs[0]?.result;
  const unit = axisUnit(
    axisUnits.bytesOfRuns,
    runs.map(({ result }) => result.totals.offChipBytes.total),
  );
  return {
    widthPx: Math.max(1200, 110 * runs.length + 120),
    heightPx: 750,
    configuration: {
      type: 'bar',
      data: {
        labels: runs.map(({ result: { precision, arch } }) => [
          bitWidth(precision.bits),
          ...precisionExceptions(precision),
          bandwidth(arch.bandwidthGBps),
        ]),
        datasets: [
          ...stacked(
            runs.map(({ result }) => result.totals.offChipBytes),
            unit.size,
          ),
          compulsory(runs, unit.size),
        ],
      },
      options: baseOptions(
        {
          title: 'Off-chip traffic by run',
          subtitle: first === undefined ? [] : [`${workloadLine(first)}, ${first.mode}, ${machineTitle(first)}`],
        },
        {
          x: axis(
            'operand width and off-chip bandwidth',
            { stacked: true, grid: { display: false } },
            { autoSkip: false },
          ),
          y: axis(`off-chip traffic (${unit.name})`, { stacked: true, beginAtZero: true }),
        },
      ),
    },
  };
}

function stacked(moved: readonly OffChipBytes[], unitBytes: number): PlainObject[] {
  return operands.map(({ label, key, fill }) => ({
    type: 'bar',
    label,
    data: moved.map((operandBytes) => operandBytes[key] / unitBytes),
    order: 2,
    stack: 'traffic',
    pointStyle: 'rect',
    ...barStyle(fill),
  }));
}

function compulsory(runs: readonly Run[], unitBytes: number): PlainObject {
  return {
    type: 'line',
    label: 'compulsory: each operand that is not resident, once',
    data: runs.map(({ result }) => result.totals.compulsoryBytes / unitBytes),
    order: 1,
    stack: 'compulsory',
    showLine: false,
    backgroundColor: '#ffffff',
    borderColor: INK,
    pointStyle: 'rectRot',
    pointRadius: 8,
    pointBorderWidth: 2,
  };
}
