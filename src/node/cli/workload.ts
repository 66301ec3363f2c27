import type { ExporterName } from '../../index.js';
import { exporters, networkToText, zooToText } from '../../index.js';
import { checkWritableFile, writeWhole } from '../files.js';
import { importersFor } from '../importers.js';
import type { WorkloadJson } from '../inputs.js';
import { readWorkloadJson } from '../inputs.js';
import type { CliCommand, CommandGroup, Outcome } from './command.js';
import type { OptionRow } from './options.js';
import { addOptions, textOf } from './options.js';
import { importOptions, readImportOptions } from './import-options.js';

const NAME = 'name of "accelsim workload list", with parameters behind a colon if any: bert-base:sequence=384';

const paramOption: OptionRow = {
  flags: '--param <list>',
  description: 'what the network is built for: sequence=512; the same as behind the colon of its name',
};

/** The networks that accelsim can build. */
const list = {
  description: 'Lists the networks that accelsim can build, with what they take.',
  configure: () => {},
  run(_options, terminal) {
    terminal.out(zooToText());
    return 'done';
  },
} as const satisfies CliCommand;

const show = {
  description: 'Shows the layers of a network: shapes, MACs, weights.',
  configure(command) {
    command.argument('<name>', `${NAME}; or a file`);
    addOptions(command, [paramOption, ...importOptions]);
  },
  async run(options, terminal, [name = '']): Promise<Outcome> {
    const { network, origin } = await openWorkload(name, options);
    for (const warning of network.notes ?? []) terminal.warn(warning);
    terminal.out(networkToText(network, origin));
    return 'done';
  },
} as const satisfies CliCommand;

const exportNetwork = {
  description: 'Writes a network as a file that can be changed and simulated with --workload.',
  configure(command) {
    command.argument('<name>', `${NAME}; or a file`);
    addOptions(command, [
      paramOption,
      ...importOptions,
      { flags: '--format <name>', description: 'form of the file (default: json)', choices: Object.keys(exporters) },
      { flags: '--out <file>', description: 'where to write (default: to the terminal)' },
    ]);
  },
  async run(options, terminal, [name = '']): Promise<Outcome> {
    const file = textOf(options, 'out');
    if (file !== undefined) checkWritableFile(file);
    const { json, network } = await openWorkload(name, options);
    const format = (textOf(options, 'format') ?? 'json') as ExporterName;
    const { text, notes } = exporters[format].write(network, json);
    for (const warning of [...(network.notes ?? []), ...notes]) terminal.warn(warning);
    if (file === undefined) terminal.out(text);
    else {
      writeWhole(file, text);
      terminal.note(`wrote ${file}`);
    }
    return 'done';
  },
} as const satisfies CliCommand;

/** Networks by name. */
export const workload = {
  description: 'Lists, shows and exports networks.',
  commands: { list, show, export: exportNetwork },
} as const satisfies CommandGroup;

async function openWorkload(name: string, options: Readonly<Record<string, unknown>>): Promise<WorkloadJson> {
  const more = await importersFor(name);
  return readWorkloadJson(withParameters(name, options), 'workload', readImportOptions(options), more);
}

function withParameters(name: string, options: Readonly<Record<string, unknown>>): string {
  const parameters = textOf(options, 'param');
  if (parameters === undefined) return name;
  return name.includes(':') ? `${name},${parameters}` : `${name}:${parameters}`;
}
