import { z } from 'zod';
import type { Issue } from '../../errors.js';
import { AccelsimError } from '../../errors.js';
import { formatPath, nearestName, readJson } from '../../json/index.js';
import type { Layer, Network } from '../../workload/network.js';
import { DEFAULT_ACCUMULATOR_BITS, bitsSchema } from '../bits.js';
import type { PrecisionPolicy, WantedBits } from './policy.js';

const weightBits = bitsSchema.meta({ description: 'width of the weights, in bits (1 to 16, or 32)' });
const activationBits = bitsSchema.meta({
  description: 'width at which a layer computes with what it reads, in bits (1 to 16, or 32)',
});
const outputBits = bitsSchema.optional().meta({
  description: 'width at which the output is stored, in bits; left out: the widest that a reader of it wants',
});
const accumulatorBits = bitsSchema.optional().meta({
  description: 'width of partial sums, in bits; left out: 32',
});

/** What a precision file may say. */
export const precisionFileSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'the JSON schema that editors check this file with' }),
    default: z
      .strictObject({ weightBits, activationBits, outputBits, accumulatorBits })
      .meta({ description: 'widths of every layer that is not named below' }),
    layers: z
      .record(
        z.string().min(1),
        z.strictObject({
          weightBits: weightBits.optional(),
          activationBits: activationBits.optional(),
          outputBits,
          accumulatorBits,
        }),
      )
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
  return { policy: 'per-layer', source, default: file.default, layers: file.layers };
}

/** A file gives each layer its own widths. */
export const perLayer = {
  description: 'a file names the widths of each layer',
  want(network, choice) {
    const issues = [
      ...unknownLayers(network, choice),
      ...network.layers.flatMap((layer) => needlessWeights(layer, choice)),
    ];
    if (issues.length > 0) throw new AccelsimError(issues);
    return { bits: null, edgeBits: null, layers: network.layers.map((layer) => widthsOf(layer, choice)) };
  },
} as const satisfies PrecisionPolicy<PerLayerChoice>;

function widthsOf(layer: Layer, choice: PerLayerChoice): WantedBits {
  const own = Object.hasOwn(choice.layers, layer.name) ? choice.layers[layer.name] : undefined;
  const activation = own?.activationBits ?? choice.default.activationBits;
  return {
    // A layer without weights reads all of its operands as activations.
    weightBits: layer.secondOperand === 'weights' ? (own?.weightBits ?? choice.default.weightBits) : activation,
    activationBits: activation,
    outputBits: own?.outputBits ?? choice.default.outputBits ?? null,
    accumulatorBits: own?.accumulatorBits ?? choice.default.accumulatorBits ?? DEFAULT_ACCUMULATOR_BITS,
  };
}

function unknownLayers(network: Network, choice: PerLayerChoice): readonly Issue[] {
  const names = network.layers.map((layer) => layer.name);
  const known = new Set(names);
  return Object.keys(choice.layers)
    .filter((name) => !known.has(name))
    .map((name) => {
      const nearest = nearestName(name, names);
      return {
        source: choice.source,
        path: formatPath(['layers', name]),
        rule: `${network.name} has no such layer`,
        ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
      };
    });
}

function needlessWeights(layer: Layer, choice: PerLayerChoice): readonly Issue[] {
  if (layer.secondOperand === 'weights' || !Object.hasOwn(choice.layers, layer.name)) return [];
  if (choice.layers[layer.name]?.weightBits === undefined) return [];
  return [
    {
      source: choice.source,
      path: formatPath(['layers', layer.name, 'weightBits']),
      rule: `must be left out: a layer of kind ${layer.kind} has no weights, and activationBits is the width of all it reads`,
    },
  ];
}
