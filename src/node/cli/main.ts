#!/usr/bin/env node
import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { AccelsimError, formatIssue, harmlessLines } from '../../index.js';
import { refusalOf } from '../files.js';
import type { Outcome, Terminal } from './command.js';
import { liveLine } from './live-line.js';
import { runProgram } from './program.js';

/** The only place that knows exit codes. */
const EXIT = { done: 0, mistake: 1, bug: 2 } as const;

/** A command that was interrupted ends as shells expect of one: 128 and the number of SIGINT. */
const EXIT_OF = { done: EXIT.done, failed: EXIT.mistake, stopped: 130 } as const satisfies Record<Outcome, number>;

const live = liveLine(process.stderr);

const terminal: Terminal = {
  out: (text) => {
    live?.clear();
    process.stdout.write(harmlessLines(text));
  },
  note: (line) => complain(line),
  warn: (line) => complain(line, coloured('yellow', 'warning:')),
  rewrite: live?.show,
};

/** A line that stays, above the one that is rewritten; behind what colours may be in. */
function complain(line: string, head?: string): void {
  live?.clear();
  process.stderr.write(`${head === undefined ? '' : `${head} `}${harmlessLines(line)}\n`);
}

// `accelsim | head` closes the pipe early; that is the reader's right, not an error. A full disk behind `>` is one.
for (const [name, stream] of [
  ['standard output', process.stdout],
  ['standard error', process.stderr],
] as const) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.exit(stream === process.stderr ? EXIT.mistake : report(refusalOf(name, error)));
  });
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    return EXIT_OF[await runProgram(args, terminal)];
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // commander has said already what is wrong, or printed the help.
    return error.exitCode === 0 ? EXIT.done : EXIT.mistake;
  }
  if (error instanceof AccelsimError) {
    for (const issue of error.issues) complain(formatIssue(issue), coloured('red', 'error:'));
    return EXIT.mistake;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  complain(
    `this is a mistake in accelsim, not yours; please report it with the command and its files\n${trace}`,
    coloured('red', 'bug:'),
  );
  return EXIT.bug;
}

/** Colour for people only: none into a file, and none where NO_COLOR asks for that. */
function coloured(colour: 'red' | 'yellow', text: string): string {
  const { stderr } = process;
  return stderr.isTTY && stderr.hasColors() && process.env['NO_COLOR'] === undefined ? styleText(colour, text) : text;
}
