import { z } from 'zod';
import { AccelsimError } from '../errors.js';
import type { Issue } from '../errors.js';
import { formatPath, nearestName, readJson } from '../json/index.js';
import type { ListedChoice, PerLayerChoice, PrecisionEntry } from './policy/index.js';
import { listOf } from './policy/index.js';
import { renameSelection } from './select/index.js';

/** What a quantizer calls each layer, and what the network calls it; null where the network does not have it. */
export const layerNamesSchema = z
  .strictObject({
    $schema: z.string().optional(),
    layers: z.record(z.string().min(1), z.string().min(1).nullable()),
  })
  .meta({ title: 'accelsim layer names' });

export interface LayerNames {
  /** Where the names came from, for messages. */
  readonly source: string;
  readonly layers: Readonly<Record<string, string | null>>;
}

/** @throws AccelsimError with every issue of the text */
export function readLayerNames(text: string, source: string): LayerNames {
  return { source, layers: readJson(text, source, layerNamesSchema).layers };
}

const MAX_SUGGESTIONS = 20;

/**
 * The same list for a network whose layers have other names. Entries that are not mentioned keep theirs. The networks
 * that the list says it is for no longer matter: a user has said how its names are to be understood.
 *
 * @throws AccelsimError for a name that the list does not have
 */
export function renameLayers(choice: ListedChoice | PerLayerChoice, names: LayerNames): ListedChoice {
  const { workloads: _, ...list } = listOf(choice);
  const keys = new Set(list.entries.map((entry) => entry.key));
  const issues: Issue[] = [];
  for (const key of Object.keys(names.layers)) {
    if (keys.has(key)) continue;
    const nearest = issues.length < MAX_SUGGESTIONS ? nearestName(key, keys) : undefined;
    const hint = nearest === undefined ? {} : { hint: `did you mean ${nearest}?` };
    issues.push({
      source: names.source,
      path: formatPath(['layers', key]),
      rule: `${list.source} names no such layer`,
      ...hint,
    });
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  return {
    ...list,
    entries: list.entries.flatMap((entry): PrecisionEntry[] => {
      const name = Object.hasOwn(names.layers, entry.key) ? names.layers[entry.key] : undefined;
      if (name === undefined) return [entry];
      return name === null ? [] : [{ ...entry, select: renameSelection(entry.select, name) }];
    }),
  };
}
