import { readFileSync } from 'node:fs';
import { Command, type OutputConfiguration } from 'commander';
import { failure, isZooName, nearestName } from '../../index.js';
import { packagePath } from '../shipped.js';
import type { CliCommand, CommandGroup, Outcome, Terminal } from './command.js';
import { compare } from './compare.js';
import { explain } from './explain.js';
import { explore } from './explore/explore.js';
import { exportCommand } from './export.js';
import { findings } from './findings.js';
import { merge } from './merge.js';
import { precision } from './precision.js';
import { quantize } from './quantize.js';
import { query } from './query.js';
import { reproduce } from './reproduce.js';
import { searchBitsCommand } from './search-bits.js';
import { simulate } from './simulate.js';
import { survey } from './survey.js';
import { trace } from './trace.js';
import { train } from './train.js';
import { worker } from './worker.js';
import { workload } from './workload.js';

/** Commands by name, beside the default one. */
const commands = {
  compare,
  explain,
  explore,
  export: exportCommand,
  merge,
  precision,
  query,
  reproduce,
  survey,
  trace,
  worker,
  workload,
  train,
  findings,
  quantize,
  'search-bits': searchBitsCommand,
} as const satisfies Record<string, CliCommand | CommandGroup>;

/**
 * Reads the command line and runs what it asks for.
 *
 * @param output where commander writes help, and what it says of a mistake: if left out, to the process's own streams
 * @throws AccelsimError and CommanderError for a mistake in it; CommanderError also ends `--help` and `--version`
 */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  output: OutputConfiguration = {},
): Promise<Outcome> {
  let outcome: Outcome = 'done';
  const program = new Command('accelsim').configureOutput(output);
  const add = (command: Command, cliCommand: CliCommand): void => {
    cliCommand.configure(command.description(cliCommand.description));
    command.action(async () => {
      outcome = await cliCommand.run(command.opts(), terminal, command.args);
    });
  };
  // Inherited by the commands made below.
  program.exitOverride().configureHelp({ helpWidth: 110 }).showSuggestionAfterError();
  program.version(versionOfPackage(), '-v, --version', 'print the version').helpOption('-h, --help', 'print this help');
  program.helpCommand('help [command]', 'print the help of a command').enablePositionalOptions().allowExcessArguments();
  program.hook('preAction', (_, action) => refuseOperands(program, action));
  add(program, simulate);
  for (const [name, entry] of Object.entries<CliCommand | CommandGroup>(commands)) {
    const command = program.command(name).description(entry.description);
    if ('run' in entry) add(command, entry);
    else for (const [part, inner] of Object.entries(entry.commands)) add(command.command(part), inner);
  }
  await program.parseAsync(args, { from: 'user' });
  return outcome;
}

/** A word that no command asks for: one before the options was meant as a command's name. */
function refuseOperands(program: Command, action: Command): void {
  const given = Object.keys(program.opts()).find((name) => program.getOptionValueSource(name) === 'cli');
  if (action !== program && given !== undefined) {
    const option = program.options.find((candidate) => candidate.attributeName() === given)!;
    throw failure('accelsim', '', `options of ${action.name()} stand after its name`, option.long ?? given);
  }
  if (action.registeredArguments.at(-1)?.variadic === true) return;
  const asked = action.registeredArguments.length;
  const word = action.args[asked];
  if (word === undefined) return;
  const nearest = action === program ? nearestName(word, Object.keys(commands)) : undefined;
  const meant = action === program && isZooName(word) ? `--workload ${word}` : nearest;
  const hint = meant === undefined ? 'see accelsim --help' : `did you mean accelsim ${meant}?`;
  const operands = action.registeredArguments.map((argument) => `<${argument.name()}> and `).join('');
  const rule = `takes ${operands}options only`;
  throw failure('accelsim', '', action === program ? 'no such command' : rule, word, hint);
}

function versionOfPackage(): string {
  const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string };
  return version;
}
