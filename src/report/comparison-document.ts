import { ACCURACY_NOTE } from '../quantization/index.js';
import type { NetworkResult, Run } from '../performance/result.js';
import type { Document, Fact, Table } from './document.js';
import { accuracyOf } from './accuracy.js';
import { energyText, missingEnergy } from './energy.js';
import { bandwidth, bitWidth, bytes, milliseconds, percent, significant, times } from './figures.js';
import { machineLine, modeLine, objectiveFacts, precisionLabel, storageFacts, workloadLine } from './question.js';

/** Several runs side by side: precisions down, bandwidths across, then each run with where its speedup comes from. */
export function comparisonDocument(runs: readonly Run[]): Document {
  const baseline = baselineOf(runs);
  const speedups: Document =
    baseline === undefined
      ? []
      : [
          { kind: 'heading', text: `Speedup over ${baseline} on the same machine` },
          {
            kind: 'table',
            table: withAccuracy(
              grid(runs, ({ speedup }) => (speedup === null ? '-' : times(speedup.value))),
              runs,
            ),
          },
          ...(hasAccuracy(runs) ? [{ kind: 'paragraph', text: ACCURACY_NOTE } as const] : []),
        ];
  return [
    { kind: 'facts', facts: sharedFacts(runs) },
    ...speedups,
    { kind: 'heading', text: 'Latency' },
    { kind: 'table', table: grid(runs, ({ result }) => milliseconds(result.totals.latencyMs)) },
    { kind: 'heading', text: 'Where it comes from' },
    { kind: 'table', table: factorTable(runs) },
    {
      kind: 'paragraph',
      text: 'speedup = peak x utilization x memory relief. stall: share of the time that waits for memory. fit: tensors that stay on chip and did not in the baseline.',
    },
    ...energyBlocks(runs),
  ];
}

function energyBlocks(runs: readonly Run[]): Document {
  const heading = { kind: 'heading', text: 'Energy' } as const;
  const missing = missingEnergy(runs.map(({ result }) => result));
  if (runs.every(({ result }) => result.totals.energyPj.total === null)) return [heading, ...missing];
  const cell = ({ energyPj, topsPerWatt }: NetworkResult['totals']): string => {
    if (energyPj.total === null) return '-';
    const operations = topsPerWatt === null ? '' : `, ${significant(topsPerWatt)} TOPS/W`;
    return `${energyText(energyPj.total)}${operations}`;
  };
  return [heading, { kind: 'table', table: grid(runs, ({ result }) => cell(result.totals)) }, ...missing];
}

/** `16 bits`; undefined when the runs have no baseline or not the same one. */
export function baselineOf(runs: readonly Run[]): string | undefined {
  const names = new Set(runs.flatMap(({ speedup }) => (speedup === null ? [] : [bitWidth(speedup.baselineBits)])));
  return names.size === 1 ? [...names][0] : undefined;
}

/** Distinct precisions and bandwidths in the order in which the runs bring them. */
export function axesOf(runs: readonly Run[]): { precisions: string[]; bandwidthsGBps: number[] } {
  return {
    precisions: [...new Set(runs.map(({ result }) => precisionLabel(result.precision)))],
    bandwidthsGBps: [...new Set(runs.map(({ result }) => result.arch.bandwidthGBps))],
  };
}

/** The run at one place of the grid. */
export function runAt(runs: readonly Run[], precision: string, bandwidthGBps: number): Run | undefined {
  return runs.find(
    ({ result }) => precisionLabel(result.precision) === precision && result.arch.bandwidthGBps === bandwidthGBps,
  );
}

function sharedFacts(runs: readonly Run[]): Fact[] {
  const distinct = (label: string, lineOf: (result: NetworkResult) => string): Fact[] =>
    [...new Set(runs.map(({ result }) => lineOf(result)))].map((value, index) => ({
      label: index === 0 ? label : '',
      value,
    }));
  return [
    ...distinct('machine', machineLine),
    ...distinct('array', ({ arch }) => arch.arrayChoice),
    ...distinct('workload', workloadLine),
    ...distinct('question', ({ mode }) => modeLine(mode)),
    ...storageFacts(runs[0]!.result),
    ...objectiveFacts(runs[0]!.result),
  ];
}

function grid(runs: readonly Run[], cell: (run: Run) => string): Table {
  const { precisions, bandwidthsGBps } = axesOf(runs);
  return {
    columns: [
      { header: 'precision', align: 'left' },
      ...bandwidthsGBps.map((bandwidthGBps) => ({ header: bandwidth(bandwidthGBps), align: 'right' as const })),
    ],
    rows: precisions.map((precision) => [
      precision,
      ...bandwidthsGBps.map((bandwidthGBps) => {
        const run = runAt(runs, precision, bandwidthGBps);
        return run === undefined ? '-' : cell(run);
      }),
    ]),
  };
}

function hasAccuracy(runs: readonly Run[]): boolean {
  return runs.some((run) => accuracyOf(run) !== null);
}

/** Beside what a precision gains, what it is known to cost; nothing where nothing is published. */
function withAccuracy(table: Table, runs: readonly Run[]): Table {
  if (!hasAccuracy(runs)) return table;
  return {
    columns: [...table.columns, { header: 'top-1', align: 'right' }],
    rows: table.rows.map((row) => {
      const run = runs.find(({ result }) => precisionLabel(result.precision) === row[0]);
      const accuracy = run === undefined ? null : accuracyOf(run);
      return [...row, accuracy === null ? '-' : `${accuracy.top1Percent.toFixed(1)} %`];
    }),
  };
}

function factorTable(runs: readonly Run[]): Table {
  return {
    columns: [
      { header: 'precision', align: 'left' },
      { header: 'bandwidth', align: 'right' },
      { header: 'speedup', align: 'right' },
      { header: 'peak', align: 'right' },
      { header: 'utilization', align: 'right' },
      { header: 'memory relief', align: 'right' },
      { header: 'fit', align: 'right' },
      { header: 'stall', align: 'right' },
      { header: 'off-chip', align: 'right' },
    ],
    rows: runs.map(({ result, speedup }) => [
      precisionLabel(result.precision),
      bandwidth(result.arch.bandwidthGBps),
      ...(speedup === null
        ? ['-', '-', '-', '-', '-']
        : [
            times(speedup.value),
            times(speedup.factors.peak),
            times(speedup.factors.utilization),
            times(speedup.factors.memoryRelief),
            String(speedup.beganToFit.length),
          ]),
      percent(result.totals.stallCycles / result.totals.totalCycles),
      bytes(result.totals.offChipBytes.total),
    ]),
  };
}
