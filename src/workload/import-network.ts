import { AccelsimError, failure } from '../errors.js';
import { importFlags, importers } from './importers/index.js';
import type { FileContent, ImportOptions, ImportedNetwork, Importer } from './importers/index.js';
import type { Network } from './network.js';
import { buildNetwork } from './read-network.js';
import type { StatedPrecision } from './onnx/precision.js';
import type { NetworkJson } from './schema.js';

/** A network read from a file of any form. */
export interface NetworkFile {
  /** Name of the importer. */
  readonly form: string;
  /** What a network file of the project would say. */
  readonly json: NetworkJson;
  /** Of one sample, with what the importer has to say of it as `notes`. */
  readonly network: Network;
  /** Bits of each layer, where the file states any. */
  readonly precision?: StatedPrecision;
}

/** Importers by name, such as those that are loaded only where they are needed. */
export type Importers = Readonly<Record<string, Importer>>;

/**
 * Reads a network from a file of any form, told by its ending or else by its content.
 *
 * @param source the file's name, or what else to call it in messages
 * @param more importers beside those that are always there, such as `onnx` of `accelsim/onnx`
 * @throws AccelsimError with every issue
 */
export function importNetwork(
  content: FileContent,
  source: string,
  options: ImportOptions = {},
  more: Importers = {},
): NetworkFile {
  const [form, importer] = importerOf(content, source, { ...more, ...importers });
  refuseIdleOptions(importer, source, options);
  const { network: json, notes, locate, precision }: ImportedNetwork = importer.read(content, source, options);
  const network = buildNetwork(json, source, locate);
  return {
    form,
    json,
    network: notes.length === 0 ? network : { ...network, notes },
    ...(precision === undefined ? {} : { precision }),
  };
}

function importerOf(content: FileContent, source: string, table: Importers): readonly [name: string, Importer] {
  const all = Object.entries(table);
  const ending = /\.[^./\\]+$/.exec(source)?.[0].toLowerCase() ?? '';
  const sharing = all.filter(([, { endings }]) => endings.includes(ending));
  if (sharing.length === 1) return sharing[0]!;
  const candidates = sharing.length === 0 ? all : sharing;
  const found = candidates.find(([, { sniff }]) => sniff(content)) ?? sharing.at(-1);
  if (found !== undefined) return found;
  const forms = all.map(([, { description, endings }]) => `${description} (${endings.join(', ')})`);
  // Its importer is loaded for files that look like one only.
  if (!Object.hasOwn(table, 'onnx')) forms.push('ONNX (.onnx)');
  throw failure(source, '', `holds no network that can be read: ${forms.join('; ')}`);
}

/** What a user says of a file has to mean something. */
function refuseIdleOptions(importer: Importer, source: string, options: ImportOptions): void {
  const idle = Object.keys(importFlags)
    .filter(isOption)
    .filter((name) => options[name] !== undefined && !importer.options.includes(name));
  if (idle.length === 0) return;
  const rule = `means nothing for ${source}, which is read as: ${importer.description}`;
  throw new AccelsimError(idle.map((name) => ({ source: importFlags[name], path: '', rule, hint: 'leave it out' })));
}

function isOption(name: string): name is keyof ImportOptions {
  return Object.hasOwn(importFlags, name);
}
