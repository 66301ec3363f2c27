import { z } from 'zod';
import { AccelsimError } from '../../errors.js';
import { formatPath, readDocument, readJson, readValue } from '../../json/index.js';
import { statedSchemas } from '../stated.js';
import { listed } from './listed.js';
import type { ListedChoice, PrecisionEntry } from './listed.js';
import type { PrecisionPolicy } from './policy.js';

const { weightBits, activationBits, outputBits, accumulatorBits, weightGroupSize, weightScaleBits } = statedSchemas;
const rest = { outputBits, accumulatorBits, weightGroupSize, weightScaleBits };

const layerEntrySchema = z.strictObject({
  weightBits: weightBits.optional(),
  activationBits: activationBits.optional(),
  ...rest,
});

/** What a precision file may say. */
export const precisionFileSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'the JSON schema that editors check this file with' }),
    default: z
      .strictObject({ weightBits, activationBits, ...rest })
      .meta({ description: 'widths of every layer that is not named below' }),
    layers: z
      .record(z.string().min(1), layerEntrySchema)
      .default({})
      .meta({ description: 'by layer name: the widths that differ from the default' }),
  })
  .meta({ title: 'accelsim precision', description: 'Bits of the weights and activations of each layer.' });

type PrecisionFile = z.output<typeof precisionFileSchema>;

export interface PerLayerChoice extends Pick<PrecisionFile, 'default' | 'layers'> {
  readonly policy: 'per-layer';
  /** Where the widths came from, for messages. */
  readonly source: string;
}

/**
 * Reads a precision file. Layer names are checked later, against the network.
 * @throws AccelsimError with every issue of the text.
 */
export function readPrecision(text: string, source: string): PerLayerChoice {
  const file = readJson(text, source, precisionFileSchema);
  return { policy: 'per-layer', source, default: file.default, layers: withProto(file.layers, text, source) };
}

const PROTO = '__proto__';
const anyLayers = z.looseObject({ layers: z.unknown() });

/** zod leaves a field of this name out of what it has read; a layer may have it all the same. */
function withProto(layers: PrecisionFile['layers'], text: string, source: string): PrecisionFile['layers'] {
  if (!text.includes(PROTO)) return layers;
  const { value, locate } = readDocument(text, source, anyLayers);
  const raw: object = typeof value.layers === 'object' && value.layers !== null ? value.layers : {};
  const found: unknown = Object.getOwnPropertyDescriptor(raw, PROTO)?.value;
  if (found === undefined) return layers;
  try {
    const entry = readValue(found, source, layerEntrySchema);
    return Object.defineProperty({ ...layers }, PROTO, { value: entry, enumerable: true });
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    const path = ['layers', PROTO];
    const inside = (inner: string): string => (inner === '' ? formatPath(path) : `${formatPath(path)}.${inner}`);
    throw new AccelsimError(error.issues.map((issue) => ({ ...issue, path: inside(issue.path), ...locate(path) })));
  }
}

/** The same as a list: exact names, and a default for the rest. */
export function listOf(choice: PerLayerChoice | ListedChoice): ListedChoice {
  if (choice.policy === 'listed') return choice;
  const { source, layers } = choice;
  const entries = Object.entries(layers).map(([name, bits]): PrecisionEntry => {
    return { select: { by: 'name', name }, bits, key: name, path: formatPath(['layers', name]) };
  });
  return { policy: 'listed', source, default: choice.default, entries };
}

/** A file gives each layer its own widths. */
export const perLayer = {
  description: 'a file names the widths of each layer',
  want: (network, choice) => listed.want(network, listOf(choice)),
} as const satisfies PrecisionPolicy<PerLayerChoice>;
