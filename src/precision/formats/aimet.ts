import { z } from 'zod';
import { AccelsimError } from '../../errors.js';
import { formatPath, readDocument } from '../../json/index.js';
import type { JsonPath, TextPosition } from '../../json/index.js';
import type { ListedChoice, PrecisionEntry } from '../policy/index.js';
import type { LayerSelection } from '../select/index.js';
import type { StatedBits } from '../stated.js';
import { encodingOf } from './aimet-encoding.js';
import type { TensorEncoding } from './aimet-encoding.js';
import { PlacedIssues, fieldOf, isObject } from './format.js';
import type { PrecisionFormat } from './format.js';

const fileSchema = z.looseObject({
  activation_encodings: z.unknown().optional(),
  param_encodings: z.unknown().optional(),
  encodings: z.array(z.unknown()).optional(),
});

/**
 * Encodings as AIMET exports them (0.6.1, 1.0.0, 2.0.0): the bits of every tensor, weights and activations, by the
 * tensor's name. A layer computes at the width at which what it reads is stored.
 */
export const aimet = {
  description: 'AIMET encodings',
  reference: 'https://github.com/quic/aimet (Docs/techniques/encoding_spec.rst)',
  sniff: (text) => /"(?:activation_encodings|param_encodings|encodings)"\s*:\s*[[{]/.test(text),
  read(text, source) {
    const { value, locate } = readDocument(text, source, fileSchema);
    const issues = new PlacedIssues(source);
    const entries: PrecisionEntry[] = [];
    let biases = 0;
    const add = (name: string, at: JsonPath, encoding: unknown, isWeight: boolean, input?: number): void => {
      const place = locate(at);
      const path = formatPath(at);
      // A bias is a few sums wide as the accumulator; nothing is counted of it.
      if (isWeight && /(?:^|\.)bias$/.test(name)) {
        biases += 1;
        return;
      }
      const found = encodingOf(encoding);
      if (typeof found === 'string') issues.add(place, path, found);
      else entries.push(entryOf(name, path, place, widths(found, place, path, issues), isWeight, input));
    };
    eachEncoding(
      value.param_encodings,
      ['param_encodings'],
      (name, at, encoding) => add(name, at, encoding, true),
      issues,
      locate,
    );
    eachEncoding(
      value.activation_encodings,
      ['activation_encodings'],
      (name, at, encoding) => {
        const ports = portsOf(encoding);
        if (ports === undefined) add(name, at, encoding, false);
        for (const { side, index, inner } of ports ?? [])
          add(name, [...at, side, String(index)], inner, false, side === 'input' ? index : undefined);
      },
      issues,
      locate,
    );
    eachEncoding(
      value.encodings,
      ['encodings'],
      (name, at, encoding) => add(name, at, encoding, /\.(?:weight|bias)$/.test(name)),
      issues,
      locate,
    );
    if (entries.length === 0 && issues.list.length === 0)
      issues.add(locate([]), '', 'must have encodings of weights and activations');
    if (issues.list.length > 0) throw new AccelsimError(issues.list);
    const notes = biases === 0 ? [] : [`${biases} encodings of biases are passed over: biases are not counted`];
    return { policy: 'listed', source, entries, notes } satisfies ListedChoice;
  },
} as const satisfies PrecisionFormat;

/** Encodings stand by name in an object, or in a list with their names. */
function eachEncoding(
  encodings: unknown,
  at: JsonPath,
  visit: (name: string, at: JsonPath, encoding: unknown) => void,
  issues: PlacedIssues,
  locate: (path: JsonPath) => TextPosition,
): void {
  if (encodings === undefined) return;
  if (isObject(encodings)) {
    for (const [name, encoding] of Object.entries(encodings)) visit(name, [...at, name], encoding);
  } else if (Array.isArray(encodings)) {
    for (const [index, encoding] of encodings.entries()) {
      const name = fieldOf(encoding, 'name');
      if (typeof name === 'string' && name !== '') visit(name, [...at, index], encoding);
      else issues.add(locate([...at, index]), formatPath([...at, index, 'name']), 'missing');
    }
  } else issues.add(locate(at), formatPath(at), 'must be an object or a list');
}

/** Encodings of a module's inputs and outputs, as AIMET writes them for PyTorch. */
function portsOf(encoding: unknown): { side: 'input' | 'output'; index: number; inner: unknown }[] | undefined {
  const ports = (['input', 'output'] as const).flatMap((side) => {
    const inside = fieldOf(encoding, side);
    if (!isObject(inside)) return [];
    const numbered = Object.entries(inside).filter(([index]) => /^\d{1,3}$/.test(index));
    return numbered.map(([index, inner]) => ({ side, index: Number(index), inner }));
  });
  return ports.length === 0 ? undefined : ports;
}

function widths(encoding: TensorEncoding, place: TextPosition, path: string, issues: PlacedIssues): TensorEncoding {
  return { ...encoding, bits: issues.width(encoding.bits, place, path) };
}

function entryOf(
  name: string,
  path: string,
  { line, column }: TextPosition,
  { bits, groupSize, scaleBits }: TensorEncoding,
  isWeight: boolean,
  input: number | undefined,
): PrecisionEntry {
  const layer = name.replace(/\.weight$/, '');
  const select: LayerSelection = isWeight
    ? { by: 'name', name: layer }
    : { by: 'tensor', tensor: name, ...(input === undefined ? {} : { input }) };
  const stated: StatedBits = isWeight
    ? { weightBits: bits, weightGroupSize: groupSize, weightScaleBits: scaleBits }
    : { outputBits: bits };
  return { key: isWeight ? layer : name, path, line, column, select, bits: stated };
}
