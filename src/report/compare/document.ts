import type { MachineComparison } from '../../explore/index.js';
import type { NetworkResult } from '../../performance/result.js';
import type { Block, Document } from '../document.js';
import { grouped, milliseconds, percent, plural, significant, times } from '../figures.js';
import { documentToMarkdown } from '../markdown.js';
import { modeLine, objectiveFacts, precisionLabel, workloadLine } from '../question.js';
import { documentToText } from '../text.js';
import { comparedFigures, ratioOf } from './figures.js';
import { layerDifferences } from './layer-differences.js';
import { comparisonLabel, ratioText, shortNames } from './names.js';
import { reasons } from './reasons.js';

/** Layers that are shown of those that differ most. */
const SHOWN = 10;

export function comparisonToText(comparisons: readonly MachineComparison[]): string {
  return documentToText(comparisons.flatMap((comparison) => oneComparison(comparison, comparisons.length > 1)));
}

export function comparisonToMarkdown(comparisons: readonly MachineComparison[]): string {
  const blocks = comparisons.flatMap((comparison) => oneComparison(comparison, comparisons.length > 1));
  return `# Two machines\n\n${documentToMarkdown(blocks)}`;
}

function oneComparison(comparison: MachineComparison, isOneOfMany: boolean): Document {
  const { first, second } = comparison;
  const [one, other] = shortNames(comparison);
  return [
    ...(isOneOfMany ? [{ kind: 'heading', text: comparisonLabel(comparison) } as const] : []),
    {
      kind: 'facts',
      facts: [
        { label: one, value: arrayLine(first) },
        { label: other, value: arrayLine(second) },
        { label: 'workload', value: `${workloadLine(second)}, ${precisionLabel(second.precision)}` },
        { label: 'question', value: modeLine(second.mode) },
        ...objectiveFacts(second),
      ],
    },
    { kind: 'paragraph', text: answer(comparison) },
    { kind: 'heading', text: 'Side by side' },
    sideBySide(comparison),
    ...reasons(comparison),
    ...layers(comparison),
  ];
}

function arrayLine({ arch }: NetworkResult): string {
  return `${plural(arch.cores, 'core')} of ${arch.rows} x ${arch.columns}; ${arch.arrayChoice}${arch.memory === null ? '' : `; ${arch.memory.name}, ${plural(arch.memory.channels, 'channel')}`}`;
}

function answer(comparison: MachineComparison): string {
  const { first, second, speedup } = comparison;
  const [one, other] = shortNames(comparison);
  const { peak, utilization, memoryRelief } = speedup.factors;
  const than = `than ${one}: ${milliseconds(second.totals.latencyMs)} instead of ${milliseconds(first.totals.latencyMs)}`;
  const said =
    speedup.value === 1
      ? `${other} is as fast as ${one}: ${milliseconds(second.totals.latencyMs)}`
      : speedup.value > 1
        ? `${other} is ${times(speedup.value)} faster ${than}`
        : `${other} is ${times(1 / speedup.value)} slower ${than}`;
  return (
    `${said}. ${ratioText(speedup.value)} = ${ratioText(peak)} peak (clocks counted) x ` +
    `${ratioText(utilization)} utilization x ${ratioText(memoryRelief)} memory relief.`
  );
}

function sideBySide(comparison: MachineComparison): Block {
  const [one, other] = shortNames(comparison);
  return {
    kind: 'table',
    table: {
      columns: [
        { header: '', align: 'left' },
        { header: one, align: 'right' },
        { header: other, align: 'right' },
        { header: 'ratio', align: 'right' },
      ],
      rows: comparedFigures.flatMap(({ label, value, text }) => {
        const [first, second] = [value(comparison.first), value(comparison.second)];
        // What neither has, or no file gives, is no difference.
        if ((first ?? 0) === 0 && (second ?? 0) === 0) return [];
        const ratio = ratioOf(first, second);
        return [[label, told(first, text), told(second, text), ratio === null ? '-' : ratioText(ratio)]];
      }),
    },
  };
}

function told(value: number | null, text: (value: number) => string): string {
  return value === null ? 'not given' : text(value);
}

function clocks({ first, second }: MachineComparison): string {
  const [one, other] = [first.arch.clockGHz, second.arch.clockGHz];
  return one === other
    ? ''
    : ` A cycle is ${significant(1 / one)} ns on the one and ${significant(1 / other)} ns on the other.`;
}

function layers(comparison: MachineComparison): Document {
  const differences = layerDifferences(comparison).filter(({ differenceUs }) => differenceUs !== 0);
  const heading = { kind: 'heading', text: 'Layers that differ most' } as const;
  if (differences.length === 0) return [heading, { kind: 'paragraph', text: 'None: each takes as long on both.' }];
  const [one, other] = shortNames(comparison);
  const shown = differences.slice(0, SHOWN);
  const share = shown.reduce((sum, { shareFraction }) => sum + shareFraction, 0);
  return [
    heading,
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'layer', align: 'left' },
          { header: `${one}\ncycles`, align: 'right' },
          { header: `${other}\ncycles`, align: 'right' },
          { header: 'difference\nus', align: 'right' },
          { header: 'share\n%', align: 'right' },
          { header: 'what changed', align: 'left' },
        ],
        rows: shown.map(({ first, second, differenceUs, shareFraction, why }) => [
          first.name,
          grouped(first.totalCycles),
          grouped(second.totalCycles),
          `${differenceUs > 0 ? '+' : '-'}${significant(Math.abs(differenceUs))}`,
          (100 * shareFraction).toFixed(1),
          why.join('; ') || `as before, bound by ${second.bound}`,
        ]),
      },
    },
    {
      kind: 'paragraph',
      text:
        `difference: what a layer takes on ${other} beyond what it takes on ${one}. share: of the differences of all ` +
        `layers, either way; these ${shown.length} of ${differences.length} have ${percent(share)} of them.` +
        clocks(comparison),
    },
  ];
}
