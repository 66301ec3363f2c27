import { readScalesim, looksLikeScalesim } from '../scalesim/index.js';
import { textOf } from './importer.js';
import type { Importer } from './importer.js';

export const scalesim = {
  description: 'SCALE-Sim topology',
  endings: ['.csv'],
  options: ['scalesimReading'],
  sniff: (content) => looksLikeScalesim(content.text() ?? ''),
  read: (content, source, options) => readScalesim(textOf(content, source), source, options.scalesimReading),
} as const satisfies Importer;
