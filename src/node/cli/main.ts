#!/usr/bin/env node
import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { AccelsimError, formatIssue } from '../../index.js';
import type { Terminal } from './command.js';
import { runProgram } from './program.js';

/** The only place that knows exit codes. */
const EXIT = { done: 0, mistake: 1, bug: 2 } as const;

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  note: (line) => void process.stderr.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${coloured('yellow', 'warning:')} ${line}\n`),
};

// `accelsim | head` closes the pipe early; that is the reader's right, not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    return (await runProgram(args, terminal)) === 'done' ? EXIT.done : EXIT.mistake;
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
    for (const issue of error.issues) process.stderr.write(`${coloured('red', 'error:')} ${formatIssue(issue)}\n`);
    return EXIT.mistake;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${coloured('red', 'bug:')} this is a mistake in accelsim, not yours; please report it with the command and its files\n${trace}\n`,
  );
  return EXIT.bug;
}

/** Colour for people only: none into a file, and none where NO_COLOR asks for that. */
function coloured(colour: 'red' | 'yellow', text: string): string {
  const { stderr } = process;
  return stderr.isTTY && stderr.hasColors() && process.env['NO_COLOR'] === undefined ? styleText(colour, text) : text;
}
