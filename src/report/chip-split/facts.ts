import type { ChipSplitStudy, SplitPoint, SplitSeries } from '../../explore/index.js';
import type { Document, Table } from '../document.js';
import { bandwidth, bitWidth, grouped, percent, significant, times } from '../figures.js';
import { machineLine, modeLine, workloadLine } from '../question.js';

/** `24 x 16`: what the machine file would say. */
export function shapeText({ shape }: SplitPoint): string {
  return `${shape.rows} x ${shape.columns}`;
}

/** `24 x 16 and 66 KiB`. */
export function splitText(point: SplitPoint): string {
  return `${shapeText(point)} and ${grouped(point.capacityKiB)} KiB`;
}

/** What is split, of which machine. */
export function splitFacts({ series, budget, shapes }: ChipSplitStudy): Document {
  const first = series[0]!.standingResult;
  const chip = budget.chipMm2 === null ? '' : ` of a chip of ${significant(budget.chipMm2)} mm2`;
  return [
    {
      kind: 'facts',
      facts: [
        { label: 'machine', value: machineLine(first) },
        { label: 'workload', value: workloadLine(first) },
        { label: 'question', value: modeLine(first.mode) },
        {
          label: 'budget',
          value:
            `${significant(budget.spentMm2)} mm2${chip} at ${bitWidth(budget.bits)}: MACs with their registers ` +
            `${significant(budget.macsMm2)} mm2, scratchpads ${significant(budget.scratchpadMm2)} mm2`,
        },
        {
          label: 'grid',
          value:
            `${shapes.length} arrays, each side 1/4 to 4 times that of the machine, at most twice as flat or steep; ` +
            'what an array leaves of the budget is scratchpad, in whole KiB per core. Cores, vector units, ' +
            'interconnect and channel stay as they are',
        },
      ],
    },
  ];
}

/** A row for each width and bandwidth: the best split, its areas and what it gains. */
export function bestTable(series: readonly SplitSeries[]): Table {
  return {
    columns: [
      { header: 'precision', align: 'left' },
      { header: 'bandwidth', align: 'left' },
      { header: 'rows x\ncolumns', align: 'right' },
      { header: 'scratchpad\nKiB per core', align: 'right' },
      { header: 'MACs\nmm2', align: 'right' },
      { header: 'scratchpads\nmm2', align: 'right' },
      { header: 'MAC share\n%', align: 'right' },
      { header: 'cycles', align: 'right' },
      { header: 'as it stands\ncycles', align: 'right' },
      { header: 'speedup', align: 'right' },
    ],
    rows: series.map(({ bits, bandwidthGBps, best, standingResult, speedup }) => [
      bitWidth(bits),
      bandwidth(bandwidthGBps),
      shapeText(best),
      grouped(best.capacityKiB),
      significant(best.area.macsMm2),
      significant(best.area.scratchpadMm2),
      (100 * best.macFraction).toFixed(1),
      grouped(best.totalCycles),
      grouped(standingResult.totals.totalCycles),
      times(speedup.value),
    ]),
  };
}

export const BEST_LEGEND =
  'Rows and columns are those that the machine file would state. Speedup: of the best split over the machine as it ' +
  'stands, at the same width. MAC share: MACs and their registers, of what is split.';

/** Whether the choices are proved. */
export function exactness({ series }: ChipSplitStudy): string {
  const open = series.flatMap(({ standingResult, bestResult }) =>
    [standingResult, bestResult].filter(({ residency }) => !residency.exact),
  );
  return open.length === 0
    ? 'Every run shown is the fastest there is of its space of mappings and residency.'
    : `${open.length} of ${2 * series.length} runs shown are not proved to be the fastest of their space.`;
}

/** `57.0 % (24 x 16 and 66 KiB)`. */
export function shareText(point: SplitPoint): string {
  return `${percent(point.macFraction)} (${splitText(point)})`;
}
