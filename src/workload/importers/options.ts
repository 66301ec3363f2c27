import type { ScalesimReadingName } from '../scalesim/index.js';

/** What a user may say about a file that does not say it itself. Each importer names the fields it takes. */
export interface ImportOptions {
  /** SCALE-Sim: whether inputs are padded already. */
  readonly scalesimReading?: ScalesimReadingName | undefined;
  /** ONNX: values of dimensions that the file leaves open, by name; or all sizes of an input, by its name. */
  readonly dimensions?: Readonly<Record<string, number | readonly number[]>> | undefined;
}

/** The command-line option that gives each field, for messages. */
export const importFlags = {
  scalesimReading: '--scalesim-reading',
  dimensions: '--shape',
} as const satisfies Record<keyof ImportOptions, string>;
