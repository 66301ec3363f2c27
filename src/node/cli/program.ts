import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { failure, nearestName } from '../../index.js';
import { packagePath } from '../shipped.js';
import type { CliCommand, Outcome, Terminal } from './command.js';
import { explain } from './explain.js';
import { findings } from './findings.js';
import { reproduce } from './reproduce.js';
import { simulate } from './simulate.js';
import { train } from './train.js';

/** Commands by name, beside the default one. */
const commands = { explain, reproduce, train, findings } as const satisfies Record<string, CliCommand>;

/**
 * Reads the command line and runs what it asks for.
 * @throws AccelsimError and CommanderError for a mistake in it; CommanderError also ends `--help` and `--version`
 */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<Outcome> {
  let outcome: Outcome = 'done';
  const program = new Command('accelsim');
  const add = (command: Command, cliCommand: CliCommand): void => {
    cliCommand.configure(command.description(cliCommand.description));
    command.action(async (options: Record<string, unknown>) => {
      outcome = await cliCommand.run(options, terminal);
    });
  };
  // Inherited by the commands made below.
  program.exitOverride().configureHelp({ helpWidth: 110 }).showSuggestionAfterError();
  program.version(versionOfPackage(), '-v, --version', 'print the version').helpOption('-h, --help', 'print this help');
  program.helpCommand('help [command]', 'print the help of a command').enablePositionalOptions().allowExcessArguments();
  program.hook('preAction', (_, action) => refuseOperands(program, action));
  add(program, simulate);
  for (const [name, cliCommand] of Object.entries(commands)) add(program.command(name), cliCommand);
  await program.parseAsync(args, { from: 'user' });
  return outcome;
}

/** No command takes a word that is not an option: one before the options was meant as a command's name. */
function refuseOperands(program: Command, action: Command): void {
  const given = Object.keys(program.opts()).find((name) => program.getOptionValueSource(name) === 'cli');
  if (action !== program && given !== undefined) {
    const option = program.options.find((candidate) => candidate.attributeName() === given)!;
    throw failure('accelsim', '', `options of ${action.name()} stand after its name`, option.long ?? given);
  }
  const [word] = action.args;
  if (word === undefined) return;
  const nearest = action === program ? nearestName(word, Object.keys(commands)) : undefined;
  const hint = nearest === undefined ? 'see accelsim --help' : `did you mean accelsim ${nearest}?`;
  throw failure('accelsim', '', action === program ? 'no such command' : 'takes options only', word, hint);
}

function versionOfPackage(): string {
  const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string };
  return version;
}
