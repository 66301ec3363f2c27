import { z } from 'zod';
import { AccelsimError, show } from '../../errors.js';
import { formatPath, readDocument } from '../../json/index.js';
import type { JsonPath } from '../../json/index.js';
import type { ListedChoice, PrecisionEntry } from '../policy/index.js';
import type { StatedBits } from '../stated.js';
import { scaleNotes, statedByArguments } from './compressed-tensors-arguments.js';
import { argumentsSchema } from './compressed-tensors-arguments.js';
import { selectTarget, targetRank } from './compressed-tensors-targets.js';
import { PlacedIssues, UNQUANTIZED_BITS, fieldOf } from './format.js';
import type { PrecisionFormat } from './format.js';

const configSchema = z.looseObject({
  config_groups: z.record(
    z.string(),
    z.looseObject({
      targets: z.array(z.string().min(1)).min(1),
      weights: argumentsSchema.nullish(),
      input_activations: argumentsSchema.nullish(),
      output_activations: argumentsSchema.nullish(),
    }),
  ),
  ignore: z.array(z.string().min(1)).nullish(),
  kv_cache_scheme: argumentsSchema.nullish(),
});

/** Fields of a model's config.json in which the configuration stands. */
const WRAPPERS = ['quantization_config', 'compression_config'];

function wrapperOf(value: unknown): string | undefined {
  return WRAPPERS.find((field) => fieldOf(fieldOf(value, field), 'config_groups') !== undefined);
}

/** The configuration of a file, and where it stands there. */
function configIn(text: string, source: string) {
  const file = readDocument(text, source, z.unknown());
  const wrapper = wrapperOf(file.value);
  if (wrapper === undefined) return { config: readDocument(text, source, configSchema).value, prefix: [], ...file };
  const wrapped = readDocument(text, source, z.looseObject({ [wrapper]: configSchema }));
  return { config: configSchema.parse(fieldOf(wrapped.value, wrapper)), prefix: [wrapper], ...file };
}

/**
 * The quantization of a model in the compressed-tensors form: groups of layers (by name, by `re:` and a regular
 * expression, by class) and how wide their weights and activations are. What no group takes stays as it was.
 */
export const compressedTensors = {
  description: 'compressed-tensors configuration',
  reference: 'https://github.com/vllm-project/compressed-tensors (src/compressed_tensors/quantization/quant_config.py)',
  sniff: (text) => /"config_groups"\s*:/.test(text),
  read(text, source) {
    const { config, prefix, locate } = configIn(text, source);
    const issues = new PlacedIssues(source);
    const ranked: { readonly rank: number; readonly entry: PrecisionEntry }[] = [];
    const add = (target: string, at: JsonPath, bits: StatedBits): void => {
      const place = locate([...prefix, ...at]);
      const path = formatPath([...prefix, ...at]);
      const select = selectTarget(target);
      if (typeof select === 'string') issues.add(place, path, select, show(target));
      else ranked.push({ rank: targetRank(target), entry: { key: target, path, ...place, select, bits } });
    };
    // Of several that take a layer the first holds, and of a list of entries the last.
    for (const [name, group] of Object.entries(config.config_groups).toReversed()) {
      const bits = statedByArguments(group);
      for (const [index, target] of group.targets.entries())
        add(target, ['config_groups', name, 'targets', index], bits);
    }
    const entries = ranked.toSorted((a, b) => a.rank - b.rank).map(({ entry }) => entry);
    ranked.length = 0;
    const untouched = { weightBits: UNQUANTIZED_BITS, activationBits: UNQUANTIZED_BITS };
    for (const [index, target] of (config.ignore ?? []).entries()) add(target, ['ignore', index], untouched);
    if (issues.list.length > 0) throw new AccelsimError(issues.list);
    const cacheBits = config.kv_cache_scheme?.num_bits;
    return {
      policy: 'listed',
      source,
      default: untouched,
      entries: [...entries, ...ranked.map(({ entry }) => entry)],
      notes: [
        `layers that no group takes or that are ignored count as ${UNQUANTIZED_BITS} bits`,
        ...scaleNotes(Object.values(config.config_groups)),
        ...(cacheBits === undefined ? [] : [`the key-value cache is stored at ${cacheBits} bits`]),
      ],
      ...(cacheBits === undefined ? {} : { kvCacheBits: cacheBits }),
    } satisfies ListedChoice;
  },
} as const satisfies PrecisionFormat;
