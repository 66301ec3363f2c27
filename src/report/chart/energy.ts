import { ENERGY_COMPONENTS, type EnergyComponent, type EnergyPj } from '../../performance/index.js';
import type { Run } from '../../performance/result.js';
import { energyNames, energyText, unknownParts } from '../energy.js';
import { bandwidth, bitWidth, significant } from '../figures.js';
import { machineTitle, precisionExceptions, runLabel, workloadLine } from '../question.js';
import { axisUnit, axisUnits } from './axis-unit.js';
import type { Chart, ChartInput, Drawing, PlainObject } from './drawing.js';
import { layerBars } from './layer-bars.js';
import { axis, barStyle, baseOptions } from './theme.js';

/** Each of another lightness, and dark beside light in the stack: they stay apart in grey. */
const fills = {
  mac: '#12304d',
  registers: '#9cc6ea',
  scratchpad: '#a34a12',
  sharedBuffer: '#f6d3a4',
  interconnect: '#4f4f4f',
  offChip: '#e08e2d',
  vector: '#f3f0fa',
  leakage: '#8a8a8a',
} as const satisfies Record<EnergyComponent, string>;

/** Where energy goes: by run for several, by layer for one. */
export const energy = {
  draws: 'question',
  description: 'energy by component: of each layer for one run, of an inference for several',
  draw: ({ runs }: ChartInput) => (runs.length === 1 && runs[0] !== undefined ? drawLayers(runs[0]) : drawRuns(runs)),
} as const satisfies Chart;

function drawLayers({ result }: Run): Drawing {
  const { energyPj, topsPerWatt } = result.totals;
  const unit = axisUnit(
    axisUnits.energyOfLayers,
    result.layers.map((layer) => sumOf(layer.energyPj)),
  );
  const operations = topsPerWatt === null ? '' : `, ${significant(topsPerWatt)} TOPS/W`;
  return layerBars({
    names: result.layers.map(({ name }) => name),
    title: 'Energy by layer',
    subtitle: [
      `${workloadLine(result)}, ${runLabel(result)}, ${result.mode}, ${machineTitle(result)}`,
      ...(energyPj.total === null ? [] : [`${energyText(energyPj.total)} in all${operations}`]),
      ...missingLine([energyPj]),
    ],
    unit: `energy (${unit.name})`,
    datasets: stacked(
      result.layers.map((layer) => layer.energyPj),
      () => unit.size,
    ),
  });
}

function drawRuns(runs: readonly Run[]): Drawing {
  const first = runs[0]?.result;
  const unit = axisUnit(
    axisUnits.energyOfRuns,
    runs.map(({ result: { totals, workload } }) => sumOf(totals.energyPj) / workload.batch),
  );
  return {
    widthPx: Math.max(1200, 130 * runs.length + 120),
    heightPx: 780,
    configuration: {
      type: 'bar',
      data: {
        labels: runs.map(({ result: { precision, arch, totals } }) => [
          bitWidth(precision.bits),
          ...precisionExceptions(precision),
          bandwidth(arch.bandwidthGBps),
          ...(totals.topsPerWatt === null ? [] : [`${significant(totals.topsPerWatt)} TOPS/W`]),
        ]),
        datasets: stacked(
          runs.map(({ result }) => result.totals.energyPj),
          (index) => unit.size * (runs[index]?.result.workload.batch ?? 1),
        ),
      },
      options: baseOptions(
        {
          title: 'Energy of an inference',
          subtitle:
            first === undefined
              ? []
              : [
                  `${workloadLine(first)}, ${first.mode}, ${machineTitle(first)}`,
                  ...missingLine(runs.map(({ result }) => result.totals.energyPj)),
                ],
        },
        {
          x: axis(
            'operand width, off-chip bandwidth, operations (two for each MAC) for each joule',
            { stacked: true, grid: { display: false } },
            { autoSkip: false },
          ),
          y: axis(`energy (${unit.name})`, { stacked: true, beginAtZero: true }),
        },
      ),
    },
  };
}

/** Components that take something somewhere; one that takes nothing needs no entry in the legend. */
function stacked(energies: readonly EnergyPj[], unitPj: (index: number) => number): PlainObject[] {
  return ENERGY_COMPONENTS.filter((component) => energies.some((energyPj) => (energyPj[component] ?? 0) > 0)).map(
    (component) => ({
      label: energyNames[component],
      data: energies.map((energyPj, index) => (energyPj[component] ?? 0) / unitPj(index)),
      stack: 'energy',
      pointStyle: 'rect',
      ...barStyle(fills[component]),
    }),
  );
}

function sumOf(energyPj: EnergyPj): number {
  return ENERGY_COMPONENTS.reduce((sum, component) => sum + (energyPj[component] ?? 0), 0);
}

function missingLine(energies: readonly EnergyPj[]): string[] {
  const missing = new Set(energies.flatMap(unknownParts));
  const names = ENERGY_COMPONENTS.filter((component) => missing.has(component)).map((name) => energyNames[name]);
  return names.length === 0 ? [] : [`the machine gives no figure for ${names.join(', ')}`];
}
