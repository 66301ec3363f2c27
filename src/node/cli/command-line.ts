import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { AccelsimError, formatIssue, harmlessLines } from '../../index.js';
import type { Outcome, Terminal } from './command.js';
import type { LiveLine } from './live-line.js';
import { runProgram } from './program.js';

/** The only place that knows exit codes. */
export const EXIT = { done: 0, mistake: 1, bug: 2 } as const;

/** A command that was interrupted ends as shells expect of one: 128 and the number of SIGINT. */
const EXIT_OF = { done: EXIT.done, failed: EXIT.mistake, stopped: 130 } as const satisfies Record<Outcome, number>;

/** What a command line writes to; the process's own streams in `main.ts`. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colour is for people only. */
  readonly hasColours: boolean;
  readonly live?: LiveLine | undefined;
}

/** Runs `accelsim` with these words, and gives the exit code. */
export async function runCommandLine(args: readonly string[], streams: Streams): Promise<number> {
  const { out, err, live } = streams;
  const terminal: Terminal = {
    out: (text) => {
      live?.clear();
      out(harmlessLines(text));
    },
    note: (line) => complain(streams, line),
    warn: (line) => complain(streams, line, coloured(streams, 'yellow', 'warning:')),
    rewrite: live?.show,
  };
  try {
    return EXIT_OF[await runProgram(args, terminal, { writeOut: out, writeErr: err })];
  } catch (error) {
    return reportError(error, streams);
  }
}

/** Tells of what ended a command, and gives the exit code. */
export function reportError(error: unknown, streams: Streams): number {
  if (error instanceof CommanderError) {
    // commander has said already what is wrong, or printed the help.
    return error.exitCode === 0 ? EXIT.done : EXIT.mistake;
  }
  if (error instanceof AccelsimError) {
    for (const issue of error.issues) complain(streams, formatIssue(issue), coloured(streams, 'red', 'error:'));
    return EXIT.mistake;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const what = 'this is a mistake in accelsim, not yours; please report it with the command and its files';
  complain(streams, `${what}\n${trace}`, coloured(streams, 'red', 'bug:'));
  return EXIT.bug;
}

/** A line that stays, above the one that is rewritten; behind what colours may be in. */
function complain({ err, live }: Streams, line: string, head?: string): void {
  live?.clear();
  err(`${head === undefined ? '' : `${head} `}${harmlessLines(line)}\n`);
}

function coloured({ hasColours }: Streams, colour: 'red' | 'yellow', text: string): string {
  return hasColours ? styleText(colour, text) : text;
}
