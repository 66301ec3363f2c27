import type { LayerResult, Run } from '../performance/result.js';
import type { LayerKindName } from '../workload/index.js';
import { BYTES_PER_KIB } from '../units.js';
import type { Column, Table } from './document.js';
import { bitWidth, grouped } from './figures.js';

interface LayerColumn extends Column {
  /** `index` is the layer's position, to look up what the narrower run says of it. */
  readonly cell: (layer: LayerResult, run: Run, index: number) => string;
  readonly total: (run: Run) => string;
}

/** Names that leave room for figures. */
export const kindNames = {
  convolution: 'conv',
  'transposed-convolution': 'tconv',
  linear: 'linear',
  matmul: 'matmul',
  embedding: 'embed',
  pooling: 'pool',
  reduce: 'reduce',
  resize: 'resize',
  addition: 'add',
  elementwise: 'elem',
  activation: 'act',
  concatenation: 'concat',
  copy: 'copy',
} as const satisfies Record<LayerKindName, string>;

/** A decimal where it tells something. */
const short = (value: number): string => grouped(value, value < 999.95 ? 1 : 0);

/** What a column counts in, so that a small network does not come out as noughts. */
interface Scale {
  readonly unit: string;
  readonly words: string;
  readonly show: (count: number) => string;
}

/** A whole column counts in one unit: thousands where the largest layer has several, ones otherwise. */
function scaleOf(largest: number, steps: readonly { unit: string; words: string; size: number }[]): Scale {
  const { unit, words, size } = steps.find((step) => largest >= 10 * step.size) ?? steps.at(-1)!;
  return { unit, words, show: (count) => (size === 1 ? grouped(count) : short(count / size)) };
}

function scalesOf({ result }: Run): { macs: Scale; cycles: Scale } {
  const largest = (figure: (layer: LayerResult) => number) => Math.max(0, ...result.layers.map(figure));
  return {
    macs: scaleOf(
      largest((layer) => layer.macs),
      [
        { unit: 'M', words: 'million', size: 1e6 },
        { unit: 'k', words: 'thousand', size: 1e3 },
        { unit: '', words: '', size: 1 },
      ],
    ),
    cycles: scaleOf(
      largest((layer) => layer.totalCycles),
      [
        { unit: 'kcyc', words: 'kcyc: thousand cycles', size: 1e3 },
        { unit: 'cyc', words: 'cyc: cycles', size: 1 },
      ],
    ),
  };
}
const kib = (byteCount: number): string => (byteCount === 0 ? '-' : short(byteCount / BYTES_PER_KIB));

function columnsOf(run: Run): readonly LayerColumn[] {
  const { macs: macScale, cycles } = scalesOf(run);
  return [
    { header: 'layer', align: 'left', cell: (layer) => layer.name, total: () => 'total' },
    { header: 'kind', align: 'left', cell: ({ kind }) => kindNames[kind], total: () => '' },
    { header: 'bits', align: 'left', cell: bitsCell, total: () => '' },
    {
      header: `MACs\n${macScale.unit}`,
      align: 'right',
      cell: ({ macs }) => (macs === 0 ? '-' : macScale.show(macs)),
      total: ({ result }) => macScale.show(result.totals.macs),
    },
    {
      header: `compute\n${cycles.unit}`,
      align: 'right',
      cell: (layer) => cycles.show(layer.computeCycles),
      total: ({ result }) => cycles.show(result.totals.computeCycles),
    },
    {
      header: `stall\n${cycles.unit}`,
      align: 'right',
      cell: (layer) => cycles.show(layer.stallCycles),
      total: ({ result }) => cycles.show(result.totals.stallCycles),
    },
    {
      header: `total\n${cycles.unit}`,
      align: 'right',
      cell: (layer) => cycles.show(layer.totalCycles),
      total: ({ result }) => cycles.show(result.totals.totalCycles),
    },
    {
      header: 'util\n%',
      align: 'right',
      cell: ({ macs, utilization }) => (macs === 0 ? '-' : grouped(utilization * 100, 1)),
      total: ({ result }) => grouped(result.totals.utilization * 100, 1),
    },
    {
      header: 'weight\nKiB',
      align: 'right',
      cell: ({ offChipBytes }) => kib(offChipBytes.weights),
      total: ({ result }) => kib(result.totals.offChipBytes.weights),
    },
    {
      header: 'input\nKiB',
      align: 'right',
      cell: ({ offChipBytes }) => kib(offChipBytes.inputs),
      total: ({ result }) => kib(result.totals.offChipBytes.inputs),
    },
    {
      header: 'output\nKiB',
      align: 'right',
      cell: ({ offChipBytes }) => kib(offChipBytes.outputs),
      total: ({ result }) => kib(result.totals.offChipBytes.outputs),
    },
    { header: 'bound', align: 'left', cell: ({ bound }) => bound, total: () => '' },
    { header: 'on\nchip', align: 'left', cell: residentCell, total: () => '' },
  ];
}

/** One row a layer; the last column only where a narrower precision was tried. */
export function layerTable(run: Run): Table {
  const { narrower } = run;
  const layerColumns = columnsOf(run);
  const columns: readonly LayerColumn[] =
    narrower === null
      ? layerColumns
      : [
          ...layerColumns,
          {
            header: `at ${narrower.bits} b\nfaster`,
            align: 'right',
            cell: (layer, _, index) => ratio(layer.totalCycles, narrower.layerCycles[index]),
            total: () => ratio(run.result.totals.totalCycles, narrower.totalCycles),
          },
        ];
  return {
    columns: columns.map(({ header, align }) => ({ header, align })),
    rows: run.result.layers.map((layer, index) => columns.map(({ cell }) => cell(layer, run, index))),
    footer: columns.map(({ total }) => total(run)),
  };
}

/** What the short cells of the table stand for. */
export function layerTableLegend(run: Run): string {
  const { narrower } = run;
  const { macs, cycles } = scalesOf(run);
  const macUnit = macs.unit === '' ? '' : ` ${macs.unit}: ${macs.words}.`;
  const faster =
    narrower === null ? '' : ` at ${narrower.bits} b: how many times faster at ${bitWidth(narrower.bits)}.`;
  return (
    `bits: weights/activations, one number where they are equal.${macUnit} ${cycles.words}. util: of the peak at the layer's own width, in all of the peak at the narrowest. weight, input, output: off-chip traffic, ` +
    `- for none. on chip: operands that move over the scratchpads only (i input, o output, w weights).${faster}`
  );
}

function bitsCell({ weightBits, activationBits, macs }: LayerResult): string {
  return macs === 0 || weightBits === activationBits ? String(activationBits) : `${weightBits}/${activationBits}`;
}

function residentCell({ resident }: LayerResult): string {
  const letters = { input: 'i', output: 'o', weights: 'w' } as const;
  return (
    (['input', 'output', 'weights'] as const)
      .map((operand) => (resident.includes(operand) ? letters[operand] : ''))
      .join('') || '-'
  );
}

function ratio(cycles: number, narrowerCycles: number | undefined): string {
  return narrowerCycles === undefined || narrowerCycles === 0 ? '-' : `${grouped(cycles / narrowerCycles, 2)}x`;
}
