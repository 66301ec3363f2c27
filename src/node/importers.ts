import { closeSync, openSync, readSync } from 'node:fs';
import type { Importers } from '../index.js';
import { isFile } from './files.js';

/** What an ONNX model begins with, and no text does. */
const FIRST_BYTE = 0x08;

/** Importers that a file needs beside those that are always there: loading one takes longer than reading most files. */
export async function importersFor(nameOrFile: string | undefined): Promise<Importers> {
  if (nameOrFile === undefined || !(/\.onnx$/i.test(nameOrFile) || beginsLikeOnnx(nameOrFile))) return {};
  const { onnx } = await import('../onnx.js');
  return { onnx };
}

/** What cannot be opened is complained of when it is read. */
function beginsLikeOnnx(path: string): boolean {
  if (!isFile(path)) return false;
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const first = new Uint8Array(1);
    return readSync(file, first, 0, 1, 0) === 1 && first[0] === FIRST_BYTE;
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}
