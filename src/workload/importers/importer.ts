import { failure } from '../../errors.js';
import type { ImportedNetwork } from './imported-network.js';
import type { ImportOptions } from './options.js';

export type { ImportedNetwork };

/** A file as it was read. Decoding a text is the caller's: the core knows no host that could do it. */
export interface FileContent {
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8 text, undefined where they are none. */
  readonly text: () => string | undefined;
}

/**
 * One form of file that holds a network. An importer is a function of its arguments: the same content gives the same
 * network, whatever was read before.
 */
export interface Importer {
  /** The form as a user knows it: `SCALE-Sim topology`. */
  readonly description: string;
  /** Endings of such files, in lower case, with their dot. Several importers may share one. */
  readonly endings: readonly string[];
  /** Size of the largest file that it reads; 64 MiB where left out. */
  readonly maxBytes?: number;
  /**
   * What it needs of a file, read piece by piece, for files that had better not be in memory as a whole.
   *
   * @param read bytes from an offset on: as many as asked for, or fewer at the file's end
   * @throws AccelsimError
   */
  readonly condense?: (
    size: number,
    read: (offset: number, length: number) => Uint8Array,
    source: string,
  ) => Uint8Array;
  /** The fields of `ImportOptions` that mean something here; any other that is given is refused. */
  readonly options: readonly (keyof ImportOptions)[];
  /** Whether a file looks like this form, asked where its ending does not decide. Throws nothing. */
  readonly sniff: (content: FileContent) => boolean;
  /**
   * @param source what to call the file in messages
   * @throws AccelsimError with every issue, and nothing else, whatever the content
   */
  readonly read: (content: FileContent, source: string, options: ImportOptions) => ImportedNetwork;
}

/**
 * The text of a file that has to be one.
 * @throws AccelsimError if it is none
 */
export function textOf(content: FileContent, source: string): string {
  const text = content.text();
  if (text === undefined) throw failure(source, '', 'is not a text file (UTF-8)');
  return text;
}
