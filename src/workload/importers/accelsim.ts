import { readDocument } from '../../json/index.js';
import { networkSchema } from '../schema.js';
import { textOf } from './importer.js';
import type { Importer } from './importer.js';

/** The project's own file. Any other JSON is told what is wrong in its words. */
export const accelsim = {
  description: 'accelsim network',
  endings: ['.json'],
  options: [],
  sniff: (content) => /^\uFEFF?\s*\{/.test(content.text() ?? ''),
  read(content, source) {
    const { value, locate } = readDocument(textOf(content, source), source, networkSchema);
    return { network: value, notes: [], locate };
  },
} as const satisfies Importer;
