import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

/** Of another computer's process nobody knows whether it lives; after a day it is taken not to. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

const host = hostname().replaceAll(/[^\w-]/g, '-');
/** Of this process alone: one that ended before may have had the same number. */
const token = randomUUID().slice(0, 8);
let count = 0;

/** Bytes are handed to the system in pieces of this size. */
const BUFFER_CHARACTERS = 1 << 16;

/** A file in the making: it has its name once it is whole, or never. */
export interface UnfinishedFile {
  write(content: string | Uint8Array): Promise<void>;
  /** The bytes reach the disk, then the file takes its name, which may be taken. */
  finish(): Promise<void>;
  /** Leaves nothing behind; after `finish` too. */
  discard(): Promise<void>;
}

/**
 * Begins a file in a folder that is there, so that neither a killed process nor a power cut leaves half of it: under a
 * temporary name beside its own.
 */
export async function beginFile(path: string): Promise<UnfinishedFile> {
  const folder = dirname(path);
  const unfinished = join(folder, `.${host}.${process.pid}.${token}.${count++}.tmp`);
  let file: FileHandle | undefined = await open(unfinished, 'wx');
  let waiting = '';
  const close = async (): Promise<void> => {
    const closing = file;
    file = undefined;
    await closing?.close();
  };
  const flush = async (): Promise<void> => {
    if (waiting !== '') await file!.writeFile(waiting);
    waiting = '';
  };
  return {
    async write(content) {
      if (typeof content === 'string') waiting += content;
      else await file!.writeFile(content);
      if (waiting.length >= BUFFER_CHARACTERS) await flush();
    },
    async finish() {
      await flush();
      await file!.datasync();
      await close();
      await rename(unfinished, path);
      // The name too must outlive a power cut.
      await syncFolder(folder);
    },
    async discard() {
      await close();
      await rm(unfinished, { force: true });
    },
  };
}

/** Puts a file into a folder that is there, whole or not at all. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await beginFile(path);
  try {
    await file.write(bytes);
    await file.finish();
  } finally {
    await file.discard();
  }
}

/** Removes temporary files whose process has ended before it could. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const match = /^\.([\w-]+)\.(\d+)\.(\w+)\.\d+\.tmp$/.exec(name);
    if (match === null) continue;
    const pid = Number(match[2]);
    const lives = pid === process.pid ? match[3] === token : isAlive(pid);
    const abandoned = match[1] === host ? !lives : await isOld(join(folder, name));
    if (abandoned) await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > ABANDONED_AFTER_MS;
  } catch {
    // Its process has finished it.
    return false;
  }
}

async function syncFolder(folder: string): Promise<void> {
  let opened: FileHandle | undefined;
  try {
    opened = await open(folder, 'r');
    await opened.sync();
  } catch (error) {
    // Some systems cannot: Windows, some network file systems.
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (!['EPERM', 'EACCES', 'EINVAL', 'EISDIR', 'ENOTSUP'].includes(String(error.code))) throw error;
  } finally {
    await opened?.close();
  }
}
