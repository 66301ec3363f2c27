import type { ArchSpec, Network } from '../../index.js';
import { checkWritableFolder } from '../files.js';
import { readArchFile, readWorkloadFile } from '../inputs.js';
import type { CliCommand, Outcome, Terminal } from './command.js';
import { addOptions, readAll, textOf, type OptionRow } from './options.js';
import { reproduceMacs } from './reproduce-macs.js';
import { reproducePact } from './reproduce-pact.js';
import { reproduceSchedules } from './reproduce-schedules.js';
import { reproduceSplit } from './reproduce-split.js';

type Report = (arch: ArchSpec, network: Network, folder: string, terminal: Terminal) => Outcome;

/** What can be reproduced, by the name of its folder in `reports`; the first is the default. */
const reports = {
  'pact-figure-6': reproducePact,
  'fusion-and-prefetch': reproduceSchedules,
  'mac-kinds': reproduceMacs,
  'chip-split': reproduceSplit,
} as const satisfies Record<string, Report>;

const reportNames = Object.keys(reports) as (keyof typeof reports)[];

const reproduceOptions: readonly OptionRow[] = [
  {
    flags: '--report <name>',
    description:
      'pact-figure-6: the study, claim by claim (default). fusion-and-prefetch: what is left of its gains beyond linear ' +
      'when the schedule may hide traffic. mac-kinds: what each kind of MAC unit makes of the same silicon, from 16 to 1 bits. ' +
      'chip-split: how the area is best split between MACs and memory, from 16 to 2 bits',
    choices: reportNames,
  },
  { flags: '--arch <file>', description: 'machine to hold the claims against (default: arch/default.json)' },
  { flags: '--out <folder>', description: 'where the report is written (default: reports/<name>)' },
];

/** Runs the system study of PACT and holds each of its claims against the simulation. */
export const reproduce = {
  description: 'Reproduces the system study of PACT (Figure 6) and says claim by claim how close the simulation comes.',
  configure(command) {
    addOptions(command, reproduceOptions);
    command.addHelpText('after', '\nExit: 0 when every claim is within its tolerance, 1 when one is out.');
  },
  run(options, terminal) {
    const name = reportNames.find((known) => known === textOf(options, 'report')) ?? reportNames[0]!;
    const { arch, network, folder } = readAll({
      arch: () => readArchFile(textOf(options, 'arch') ?? 'arch/default.json', '--arch'),
      network: () => readWorkloadFile('resnet50'),
      folder: () => checkedFolder(textOf(options, 'out') ?? `reports/${name}`),
    });
    return reports[name](arch, network, folder, terminal);
  },
} as const satisfies CliCommand;

function checkedFolder(folder: string): string {
  checkWritableFolder(folder);
  return folder;
}
