#!/usr/bin/env node
import { refusalOf } from '../files.js';
import { EXIT, reportError, runCommandLine, type Streams } from './command-line.js';
import { liveLine } from './live-line.js';

const { stdout, stderr } = process;

const streams: Streams = {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  // None into a file, and none where NO_COLOR asks for that.
  hasColours: stderr.isTTY && stderr.hasColors() && process.env['NO_COLOR'] === undefined,
  live: liveLine(stderr),
};

// `accelsim | head` closes the pipe early; that is the reader's right, not an error. A full disk behind `>` is one.
for (const [name, stream] of [
  ['standard output', stdout],
  ['standard error', stderr],
] as const) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.exit(stream === stderr ? EXIT.mistake : reportError(refusalOf(name, error), streams));
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2), streams);
