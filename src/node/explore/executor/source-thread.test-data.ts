import { fileURLToPath } from 'node:url';
import type { ThreadFile } from './lane.js';

/** Tests run the source, which a thread reads as the command does in them: with tsx. A built program needs none of this. */
export const execArgv = ['--import', import.meta.resolve('tsx')];

/** A file beside this one. */
export function threadOf(name: string): ThreadFile {
  return { path: fileURLToPath(new URL(name, import.meta.url)), execArgv };
}
