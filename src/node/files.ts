import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { FileContent, Importer } from '../index.js';
import { failure } from '../index.js';

/** No machine, network or precision file is near this; reading one by mistake (a data set, a device) should not take all memory. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** What Linux hands over of a pipe at a time. */
const PIPE_BYTES = 64 * 1024;

/** What an importer says of files that are not read whole. */
type LargeFileReader = Pick<Importer, 'maxBytes' | 'condense'>;

/** What the system's error codes mean to a user. */
const RULES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EEXIST: 'is there already, but is no folder',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EISDIR: 'is a folder, not a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'is on a file system that cannot be written',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'would be larger than files may be here',
  EIO: 'the device does not read or write',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'the links of this path lead in a circle',
};

/** Of a path that leads to nothing. */
const NOWHERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

/**
 * Reads a text file as UTF-8.
 * @throws AccelsimError naming `path` if there is none, it is no text, or it is too large.
 */
export function readText(path: string): string {
  const text = readContent(path).text();
  if (text === undefined) throw failure(path, '', 'is not a text file (UTF-8)');
  return text;
}

/**
 * Reads a file of any form.
 * @throws AccelsimError naming `path` if there is none, or it is too large.
 */
export function readContent(path: string, importer: LargeFileReader = {}): FileContent {
  const bytes = readBytes(path, importer);
  let decoded: { readonly text: string | undefined } | undefined;
  return { bytes, text: () => (decoded ??= { text: decode(bytes) }).text };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readBytes(path: string, { maxBytes = MAX_FILE_BYTES, condense }: LargeFileReader): Uint8Array {
  return onFile(path, () => {
    const stats = statSync(path);
    if (stats.isDirectory()) throw failure(path, '', 'is a folder, not a file');
    if (stats.isFIFO()) return readPipe(path, maxBytes);
    // A device may never end.
    if (!stats.isFile()) throw failure(path, '', 'is neither a file nor a pipe');
    if (stats.size > maxBytes) throw failure(path, '', `must be at most ${maxBytes} bytes`, stats.size);
    return condense === undefined ? readFileSync(path) : readPieces(path, stats.size, condense);
  });
}

/** To its end, but no further than a file may be long. */
function readPipe(path: string, maxBytes: number): Uint8Array {
  const pipe = openSync(path, 'r');
  try {
    const pieces: Uint8Array[] = [];
    for (let size = 0; ; ) {
      const piece = new Uint8Array(PIPE_BYTES);
      const read = readSync(pipe, piece);
      if (read === 0) return Buffer.concat(pieces);
      size += read;
      if (size > maxBytes) throw failure(path, '', `must be at most ${maxBytes} bytes`);
      pieces.push(piece.subarray(0, read));
    }
  } finally {
    closeSync(pipe);
  }
}

function readPieces(path: string, size: number, condense: NonNullable<Importer['condense']>): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const read = (offset: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    };
    return condense(size, read, path);
  } finally {
    closeSync(file);
  }
}

/** @throws AccelsimError where the system does not tell */
export function isFile(path: string): boolean {
  return found(path)?.isFile() ?? false;
}

/**
 * Whether `readContent` has something to read: a file, or a pipe such as that of `<(command)`, which can be read once.
 * @throws AccelsimError where the system does not tell
 */
export function isReadable(path: string): boolean {
  const stats = found(path);
  return stats !== undefined && (stats.isFile() || stats.isFIFO());
}

/** @throws AccelsimError where the system does not tell */
export function isFolder(path: string): boolean {
  return found(path)?.isDirectory() ?? false;
}

/** What is there; undefined where a path leads nowhere, in whichever way. */
function found(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (NOWHERE.has(codeOf(error))) return undefined;
    throw refusalOf(path, error);
  }
}

/**
 * Writes a file whole or not at all: a temporary file beside it takes its name once it is complete. Makes the folders
 * that are missing.
 * @throws AccelsimError naming `path` if it cannot be written.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  onFile(path, () => {
    makeFolder(dirname(path));
    const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
    try {
      writeFileSync(unfinished, content);
      renameSync(unfinished, path);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
  });
}

/**
 * Makes sure, without writing anything, that files can be put into `folder`, so that a long run does not end in vain.
 * A folder that does not exist yet is asked of the nearest one above it.
 * @throws AccelsimError naming `folder` otherwise.
 */
export function checkWritableFolder(folder: string): void {
  onFile(folder, () => {
    let existing = resolve(folder);
    while (!exists(existing)) existing = dirname(existing);
    if (!statSync(existing).isDirectory())
      throw failure(folder, '', 'must be a folder to write into', `a file at ${existing}`);
    accessSync(existing, constants.W_OK | constants.X_OK);
  });
}

/**
 * The same for one file.
 * @throws AccelsimError naming `path`
 */
export function checkWritableFile(path: string): void {
  checkWritableFolder(dirname(path));
  onFile(path, () => {
    if (exists(path) && statSync(path).isDirectory()) throw failure(path, '', 'is a folder, not a file');
  });
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Node's own recursive way never returns on Linux where a file system refuses new folders with ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (exists(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been quicker.
    if (!exists(folder)) throw error;
  }
}

/** Turns the system's refusal into a message; anything else is a bug and passes through. */
function onFile<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw refusalOf(path, error);
  }
}

/** What the system's refusal means to a user, as an AccelsimError; anything else is a bug and comes back as it is. */
export function refusalOf(path: string, error: unknown, hint?: string): unknown {
  const rule = RULES[codeOf(error)];
  return rule === undefined ? error : failure(path, '', rule, undefined, hint);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
