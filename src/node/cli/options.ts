import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { Issue } from '../../index.js';
import { AccelsimError, failure, nearestName } from '../../index.js';

/** One option of a command, as a table row; help derives from it. */
export interface OptionRow {
  /** As commander writes it: `--bits <list>`. */
  readonly flags: string;
  readonly description: string;
  /** The only values there are. */
  readonly choices?: readonly string[];
}

/** Of these no file, folder or name could be empty. */
const PATHS = /<(?:file|folder|name)>/;

/** Adds options that each may be given once: of two different answers none is silently dropped. */
export function addOptions(command: Command, rows: readonly OptionRow[]): void {
  for (const { flags, description, choices } of rows) {
    const option = new Option(flags, description);
    // For the help; what is none of them is refused below.
    if (choices !== undefined) option.choices(choices);
    option.argParser((value: string, previous: unknown) => {
      if (value === '' && PATHS.test(flags)) throw new InvalidArgumentError('It is empty.');
      if (previous !== undefined) throw new InvalidArgumentError('It is given twice.');
      if (choices !== undefined && !choices.includes(value)) throw new InvalidArgumentError(choiceRule(value, choices));
      return value;
    });
    command.addOption(option);
  }
}

function choiceRule(value: string, choices: readonly string[]): string {
  const nearest = nearestName(value, choices);
  return `Allowed choices are ${choices.join(', ')}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`;
}

/** Runs every reader, so that a command line with three mistakes is told of three. */
export function readAll<Readers extends Readonly<Record<string, () => unknown>>>(
  readers: Readers,
): { readonly [Name in keyof Readers]: ReturnType<Readers[Name]> } {
  const issues: Issue[] = [];
  const values = Object.entries(readers).map(([name, read]) => {
    try {
      return [name, read()];
    } catch (error) {
      if (!(error instanceof AccelsimError)) throw error;
      // Not spread: a file may have more issues than a call takes arguments.
      for (const issue of error.issues) issues.push(issue);
      return [name, undefined];
    }
  });
  if (issues.length > 0) throw new AccelsimError(issues);
  return Object.fromEntries(values) as { readonly [Name in keyof Readers]: ReturnType<Readers[Name]> };
}

/** What a promise comes to, as a reader for `readAll`. */
export async function settled<T>(promise: Promise<T>): Promise<() => T> {
  try {
    const value = await promise;
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** The text of an option; undefined where it is not given. */
export function textOf(options: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** What an option says; undefined where it is not given. */
export function optional<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}

/**
 * A whole number from 1 to `most`.
 * @throws AccelsimError naming the option
 */
export function parseCount(text: string, option: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= most) return value;
  throw failure(option, '', `must be a whole number from 1 to ${most}, written in digits`, text);
}
