import { readPrecision } from '../policy/index.js';
import type { PrecisionFormat } from './format.js';

/** The project's own file. Any other JSON is told what is wrong in its words. */
export const accelsim = {
  description: 'accelsim precision (JSON)',
  reference: 'precision/schema.json',
  sniff: (text) => /^\uFEFF?\s*\{/.test(text),
  read: (text, source) => readPrecision(text, source),
} as const satisfies PrecisionFormat;
