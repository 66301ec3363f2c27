import type { WeightsAt, WeightStudy } from '../../quantization/index.js';
import type { Document, Table } from '../document.js';
import { count, grouped, percent, plural, significant } from '../figures.js';
import { documentToMarkdown } from '../markdown.js';
import { documentToText } from '../text.js';
import { csvField } from '../to-csv.js';

/** A study of a file's weights, with what was asked. */
export interface StudiedWeights {
  /** The file. */
  readonly source: string;
  readonly study: WeightStudy;
  /** Layers that are not in the study, and why. */
  readonly unread: readonly { readonly layer: string; readonly reason: string }[];
}

function weightDocument({ source, study, unread }: StudiedWeights): Document {
  const { layers, leastDb } = study;
  const weights = layers.reduce((sum, layer) => sum + layer.weights, 0);
  return [
    {
      kind: 'facts',
      facts: [
        { label: 'weights', value: `${count(weights)} of ${plural(layers.length, 'layer')} in ${source}` },
        { label: 'scheme', value: `${study.scheme}, levels ${study.layout}, one scale per layer` },
        {
          label: 'needed',
          value: `fewest bits with at least ${significant(leastDb)} dB of signal to quantization noise (noise at most ${percent(10 ** (-leastDb / 10))} of the weights' power)`,
        },
      ],
    },
    { kind: 'heading', text: 'Layers' },
    { kind: 'table', table: layerTable(study) },
    {
      kind: 'paragraph',
      text: 'scale: the clipping level, beyond which weights are clipped; SQNR: signal-to-quantization-noise ratio, 6 dB for each bit that is used well. Weights say what rounding does to a layer, not what the task loses by it.',
    },
    { kind: 'heading', text: 'Bits that layers need' },
    { kind: 'list', items: neededItems(study) },
    ...(unread.length === 0
      ? []
      : ([
          { kind: 'heading', text: 'Not read' },
          { kind: 'list', items: unread.map(({ layer, reason }) => `${layer}: ${reason}`) },
        ] as const)),
  ];
}

function layerTable({ bits, layers }: WeightStudy): Table {
  return {
    columns: [
      { header: 'layer', align: 'left' },
      { header: 'weights', align: 'right' },
      { header: 'largest', align: 'right' },
      ...bits.flatMap((width) => [
        { header: `scale\n${width} b`, align: 'right' as const },
        { header: `SQNR\ndB`, align: 'right' as const },
      ]),
      { header: 'needed\nbits', align: 'right' },
    ],
    rows: layers.map(({ layer, weights, largestMagnitude, at, neededBits }) => [
      layer,
      grouped(weights),
      significant(largestMagnitude),
      ...at.flatMap(({ clipLevel, signalToNoiseDb }) => [significant(clipLevel), decibels(signalToNoiseDb)]),
      neededBits === null ? `> ${Math.max(...bits)}` : String(neededBits),
    ]),
  };
}

function neededItems({ bits, layers }: WeightStudy): string[] {
  const widths: readonly (number | null)[] = [...bits.toSorted((a, b) => a - b), null];
  return widths.flatMap((width) => {
    const those = layers.filter(({ neededBits }) => neededBits === width);
    if (those.length === 0) return [];
    const share =
      those.reduce((sum, { weights }) => sum + weights, 0) / layers.reduce((sum, { weights }) => sum + weights, 0);
    const label = width === null ? `more than ${Math.max(...bits)} bits` : `${width} bits`;
    return [`${label}: ${plural(those.length, 'layer')}, ${percent(share)} of the weights`];
  });
}

function decibels(ratio: number): string {
  return Number.isFinite(ratio) ? grouped(ratio, 1) : 'exact';
}

interface CsvColumn {
  readonly name: string;
  readonly value: (layer: WeightStudy['layers'][number], at: WeightsAt) => string | number | null;
}

const csvColumns: readonly CsvColumn[] = [
  { name: 'layer', value: ({ layer }) => layer },
  { name: 'weights', value: ({ weights }) => weights },
  { name: 'largestMagnitude', value: ({ largestMagnitude }) => largestMagnitude },
  { name: 'bits', value: (_, { bits }) => bits },
  { name: 'clipLevel', value: (_, { clipLevel }) => clipLevel },
  { name: 'clippedFraction', value: (_, { clippedFraction }) => clippedFraction },
  { name: 'signalToNoiseDb', value: (_, { signalToNoiseDb }) => finite(signalToNoiseDb) },
  { name: 'neededBits', value: ({ neededBits }) => neededBits },
];

function toCsv({ study }: StudiedWeights): string {
  const lines = study.layers.flatMap((layer) =>
    layer.at.map((at) => csvColumns.map(({ value }) => csvField(value(layer, at)))),
  );
  return [csvColumns.map(({ name }) => name), ...lines].map((line) => `${line.join(',')}\n`).join('');
}

/** JSON has no infinity: null where nothing was lost. */
function finite(ratio: number): number | null {
  return Number.isFinite(ratio) ? ratio : null;
}

function toJson({ source, study, unread }: StudiedWeights): string {
  const layers = study.layers.map((layer) => ({
    ...layer,
    at: layer.at.map((at) => ({ ...at, signalToNoiseDb: finite(at.signalToNoiseDb) })),
  }));
  return `${JSON.stringify({ schemaVersion: 1, source, ...study, layers, unread }, null, 2)}\n`;
}

/** Forms of a study of weights, by the names of `formats`. */
export const weightFormats = {
  table: (studied: StudiedWeights) => documentToText(weightDocument(studied)),
  json: toJson,
  csv: toCsv,
  markdown: (studied: StudiedWeights) =>
    `# Weights of ${studied.source}\n\n${documentToMarkdown(weightDocument(studied))}`,
} as const satisfies Record<string, (studied: StudiedWeights) => string>;

export type WeightFormatName = keyof typeof weightFormats;
