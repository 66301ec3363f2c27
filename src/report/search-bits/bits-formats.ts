import type { BitsAnswer } from '../../explore/index.js';
import { documentToMarkdown } from '../markdown.js';
import { documentToText } from '../text.js';
import { csvField } from '../to-csv.js';
import { bitsDocument } from './bits-document.js';

/** One row per layer, exact values, units in the names. */
function toCsv({ layers, question: { bits } }: BitsAnswer): string {
  const header = [
    'layer',
    'bits',
    'bound',
    'macs',
    'weights',
    'cycles',
    ...bits.map((width) => `cyclesAllAt${width}Bits`),
    'loss',
    'energyPj',
    ...bits.map((width) => `energyPjAllAt${width}Bits`),
  ];
  const rows = layers.map((layer) => [
    layer.name,
    layer.bits,
    layer.bound,
    layer.macs,
    layer.weights,
    layer.cycles,
    ...bits.map((width) => layer.cyclesAt.find((one) => one.bits === width)?.cycles ?? null),
    layer.loss,
    layer.energyPj,
    ...bits.map((width) => layer.energyPjAt.find((one) => one.bits === width)?.energyPj ?? null),
  ]);
  return [header, ...rows].map((row) => `${row.map(csvField).join(',')}\n`).join('');
}

function toJson(answer: BitsAnswer): string {
  const { result, precision, ...rest } = answer;
  const { policy: _, source: __, ...file } = precision;
  return `${JSON.stringify({ schemaVersion: 1, arch: result.arch.name, ...rest, precision: file }, null, 2)}\n`;
}

/** Forms of what `search-bits` found, by the names of `formats`. */
export const bitsFormats = {
  table: (answer: BitsAnswer) => documentToText(bitsDocument(answer)),
  json: toJson,
  csv: toCsv,
  markdown: (answer: BitsAnswer) => `# Bits by layer\n\n${documentToMarkdown(bitsDocument(answer))}`,
} as const satisfies Record<string, (answer: BitsAnswer) => string>;

export type BitsFormatName = keyof typeof bitsFormats;

/** The precision that was found, as a file that `--precision` reads. */
export function bitsToPrecisionFile({ precision }: BitsAnswer): string {
  return `${JSON.stringify({ default: precision.default, layers: precision.layers }, null, 2)}\n`;
}
