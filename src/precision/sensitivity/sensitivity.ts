import { z } from 'zod';
import { AccelsimError, type Issue, show } from '../../errors.js';
import { formatPath, nearestName, readJson } from '../../json/index.js';
import { hasWeights, type Network } from '../../workload/network.js';
import { BITS_RULE, isAllowedBits } from '../bits.js';

const loss = z.number().min(0).meta({
  description: 'what computing this layer at this width loses, in the measure of the file; losses of layers add up',
});

const sensitivitySchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'the JSON schema that editors check this file with' }),
    measure: z.string().min(1).meta({ description: 'what a loss is, in words and with its unit' }),
    workload: z.string().min(1).optional().meta({ description: 'the network it was measured on' }),
    source: z.string().min(1).optional().meta({ description: 'where the figures come from' }),
    layers: z
      .record(
        z.string().min(1),
        z
          .record(z.string(), loss)
          .refine((losses) => Object.keys(losses).length > 0, { error: 'must give a loss for at least one width' })
          .meta({ description: 'by width in bits: the loss at that width' }),
      )
      .meta({ description: 'by layer name' }),
  })
  .meta({
    title: 'accelsim sensitivity',
    description: 'How much a network loses where one layer is computed with fewer bits, for each layer and width.',
  });

/** What one layer loses at each width. */
export interface SensitivityLayer {
  readonly layer: string;
  /** By bits, widest first. */
  readonly losses: ReadonlyMap<number, number>;
}

/** Losses of layers at widths; the loss of a network is their sum. */
export interface SensitivityTable {
  /** What a loss is, in words and with its unit. */
  readonly measure: string;
  readonly workload?: string | undefined;
  readonly source?: string | undefined;
  readonly layers: readonly SensitivityLayer[];
}

/**
 * Reads a sensitivity file. Layer names are checked against the network by `sensitivityOf`.
 * @throws AccelsimError with every issue of the text
 */
export function readSensitivity(text: string, source: string): SensitivityTable {
  const file = readJson(text, source, sensitivitySchema);
  const issues: Issue[] = [];
  const layers = Object.entries(file.layers).map(([layer, stated]): SensitivityLayer => {
    const losses = Object.entries(stated).map(([key, value]): [number, number] => {
      const bits = Number(key);
      if (!/^\d+$/.test(key) || !isAllowedBits(bits))
        issues.push({
          source,
          path: formatPath(['layers', layer, key]),
          rule: `a width ${BITS_RULE}`,
          found: show(key),
        });
      return [bits, value];
    });
    return { layer, losses: new Map(losses.toSorted(([left], [right]) => right - left)) };
  });
  if (issues.length > 0) throw new AccelsimError(issues);
  return { measure: file.measure, workload: file.workload, source: file.source, layers };
}

/** The text of a sensitivity file. */
export function writeSensitivity({ measure, workload, source, layers }: SensitivityTable): string {
  const file = {
    measure,
    ...(workload === undefined ? {} : { workload }),
    ...(source === undefined ? {} : { source }),
    layers: Object.fromEntries(layers.map(({ layer, losses }) => [layer, Object.fromEntries(losses)])),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Losses by width of each layer of a network, in the order of `network.layers`; undefined for layers that multiply by no
 * weights and that the table does not name.
 * @throws AccelsimError where a layer with weights has none, or the table names a layer that is not there
 */
export function sensitivityOf(
  network: Network,
  table: SensitivityTable,
  source: string,
): readonly (ReadonlyMap<number, number> | undefined)[] {
  const byName = new Map(table.layers.map(({ layer, losses }) => [layer, losses]));
  const names = network.layers.map(({ name }) => name);
  const known = new Set(names);
  const issues: Issue[] = table.layers
    .filter(({ layer }) => !known.has(layer))
    .map(({ layer }): Issue => {
      const nearest = nearestName(layer, names);
      return {
        source,
        path: formatPath(['layers', layer]),
        rule: `${network.name} has no such layer`,
        ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
      };
    });
  for (const layer of network.layers) {
    if (!hasWeights(layer) || byName.has(layer.name)) continue;
    issues.push({
      source,
      path: formatPath(['layers', layer.name]),
      rule: 'missing: each layer with weights has its losses',
    });
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  return names.map((name) => byName.get(name));
}

/** JSON Schema (draft 2020-12) of a sensitivity file, for editors. */
export function sensitivityJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(sensitivitySchema, { io: 'input' });
}
