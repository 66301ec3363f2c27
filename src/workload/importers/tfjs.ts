import { looksLikeTfjs, readTfjs } from '../tfjs/index.js';
import { textOf } from './importer.js';
import type { Importer } from './importer.js';

export const tfjs = {
  description: 'layers model of TensorFlow.js or Keras',
  endings: ['.json'],
  options: [],
  sniff: (content) => looksLikeTfjs(content.text() ?? ''),
  read: (content, source) => readTfjs(textOf(content, source), source),
} as const satisfies Importer;
