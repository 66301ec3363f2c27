import { accelsim } from './accelsim.js';
import type { Importer } from './importer.js';
import { scalesim } from './scalesim.js';
import { tfjs } from './tfjs.js';

export type { FileContent, ImportedNetwork, Importer } from './importer.js';
export type { ImportOptions } from './options.js';
export { importFlags } from './options.js';

/**
 * Every form in which a network can be read. Where an ending does not decide, the first whose `sniff` says yes reads
 * the file, so the less particular stand last.
 */
export const importers = {
  scalesim,
  tfjs,
  accelsim,
} as const satisfies Record<string, Importer>;

export type ImporterName = keyof typeof importers;
