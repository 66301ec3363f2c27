import { AccelsimError, failure } from '../errors.js';
import { importFlags, importers } from './importers/index.js';
import type { FileContent, ImportOptions, ImportedNetwork, Importer, ImporterName } from './importers/index.js';
import type { Network } from './network.js';
import { buildNetwork } from './read-network.js';
import type { NetworkJson } from './schema.js';

/** A network read from a file of any form. */
export interface NetworkFile {
  readonly form: ImporterName;
  /** What a network file of the project would say. */
  readonly json: NetworkJson;
  /** Of one sample, with what the importer has to say of it as `notes`. */
  readonly network: Network;
}

/**
 * Reads a network from a file of any form, told by its ending or else by its content.
 *
 * @param source the file's name, or what else to call it in messages
 * @throws AccelsimError with every issue
 */
export function importNetwork(content: FileContent, source: string, options: ImportOptions = {}): NetworkFile {
  const form = formOf(content, source);
  const importer: Importer = importers[form];
  refuseIdleOptions(importer, source, options);
  const { network: json, notes, locate }: ImportedNetwork = importer.read(content, source, options);
  const network = buildNetwork(json, source, locate);
  return { form, json, network: notes.length === 0 ? network : { ...network, notes } };
}

function formOf(content: FileContent, source: string): ImporterName {
  const names = Object.keys(importers) as ImporterName[];
  const ending = /\.[^./\\]+$/.exec(source)?.[0].toLowerCase() ?? '';
  const sharing = names.filter((name) => (importers[name] as Importer).endings.includes(ending));
  if (sharing.length === 1) return sharing[0]!;
  const candidates = sharing.length === 0 ? names : sharing;
  const form = candidates.find((name) => importers[name].sniff(content)) ?? sharing.at(-1);
  if (form !== undefined) return form;
  const forms = names.map((name) => `${importers[name].description} (${importers[name].endings.join(', ')})`);
  throw failure(source, '', `holds no network that can be read: ${forms.join('; ')}`);
}

/** What a user says of a file has to mean something. */
function refuseIdleOptions(importer: Importer, source: string, options: ImportOptions): void {
  const idle = (Object.keys(importFlags) as (keyof ImportOptions)[]).filter(
    (name) => options[name] !== undefined && !importer.options.includes(name),
  );
  if (idle.length === 0) return;
  const rule = `means nothing for ${source}, which is read as: ${importer.description}`;
  throw new AccelsimError(idle.map((name) => ({ source: importFlags[name], path: '', rule, hint: 'leave it out' })));
}
