import { dirname, join } from 'node:path';
import type {
  ArchSpec,
  Importers,
  ImportOptions,
  Network,
  NetworkJson,
  NetworkOrigin,
  PolicyChoice,
  StatedPrecision,
} from '../index.js';
import {
  buildNetwork,
  buildZooNetwork,
  failure,
  importFlags,
  importNetwork,
  importPrecision,
  isZooName,
  parseZooName,
  readArch,
  readEnergyTable,
  zooOtherParameters,
} from '../index.js';
import { isFile, readContent, readText } from './files.js';
import { findData } from './shipped.js';

/**
 * Reads a machine: a file, or one that comes with the package, by its name.
 * @throws AccelsimError with every issue; `asked` names who wanted it, such as an option
 */
export function readArchFile(nameOrFile: string, asked = 'arch'): ArchSpec {
  const path = findData('arch', nameOrFile, asked);
  return withEnergyTable(readArch(readText(path), nameOrFile), nameOrFile, path);
}

/** A machine whose file names a table of energies, with the table: one that comes with the package, or a file beside it. */
function withEnergyTable(spec: ArchSpec, nameOrFile: string, archPath: string): ArchSpec {
  const { energy } = spec;
  if (typeof energy?.table !== 'string') return spec;
  const beside = join(dirname(archPath), energy.table);
  const path = isFile(beside) ? beside : findData('energy', energy.table, `${nameOrFile}: energy.table`);
  return { ...spec, energy: { ...energy, table: readEnergyTable(readText(path), energy.table) } };
}

/**
 * Reads a network: a file, or one that accelsim builds, by its name and the parameters behind a colon
 * (`bert-base:sequence=384`).
 *
 * @param more importers that the file needs, of `importersFor`
 * @throws AccelsimError with every issue; `asked` names who wanted it, such as an option
 */
export function readWorkloadFile(
  nameOrFile: string,
  asked = 'workload',
  options: ImportOptions = {},
  more: Importers = {},
): Network {
  return readWorkloadJson(nameOrFile, asked, options, more).network;
}

/** A network, what a file of it says, and what is known of it beside. */
export interface WorkloadJson {
  readonly json: NetworkJson;
  readonly network: Network;
  readonly origin: NetworkOrigin;
  /** Bits of each layer, where the file states any. */
  readonly precision?: StatedPrecision;
}

/**
 * The same, with what a network file of it says.
 * @throws AccelsimError as `readWorkloadFile` does
 */
export function readWorkloadJson(
  nameOrFile: string,
  asked = 'workload',
  options: ImportOptions = {},
  more: Importers = {},
): WorkloadJson {
  if (isZooName(nameOf(nameOrFile))) {
    const { name, values } = parseZooName(nameOrFile, asked);
    refuseImportOptions(nameOrFile, options);
    const json = buildZooNetwork(name, values, asked);
    const otherParameters = zooOtherParameters(name, values, asked);
    return { json, network: buildNetwork(json, json.name), origin: { ...originOf(json), otherParameters } };
  }
  // What was loaded for this file reads it.
  const content = readContent(findData('workloads', nameOrFile, asked), Object.values(more)[0]);
  const { json: read, network, precision } = importNetwork(content, nameOrFile, options, more);
  const { $schema: _, ...json } = read;
  return { json, network, origin: originOf(json), ...(precision === undefined ? {} : { precision }) };
}

/** A network that is built leaves nothing open. */
function refuseImportOptions(name: string, options: ImportOptions): void {
  for (const [field, flag] of Object.entries(importFlags))
    if (field in options)
      throw failure(flag, '', `means nothing for ${name}, which is not a file`, undefined, 'leave it out');
}

function originOf({ description, source }: NetworkJson): NetworkOrigin {
  return { description, source };
}

/** What stands before the parameters. */
function nameOf(text: string): string {
  return text.split(':', 1)[0] ?? '';
}

/**
 * Reads bits of layers from a file of any form.
 * @throws AccelsimError with every issue of the text
 */
export function readPrecisionFile(file: string): PolicyChoice {
  return importPrecision(readText(file), file).choice;
}
