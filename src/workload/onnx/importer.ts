import type { Importer } from '../importers/importer.js';
import { condenseOnnx } from './file/condense.js';
import { importOnnx } from './import-onnx.js';
import { MAX_FILE_BYTES } from './limits.js';

/** First fields of a model: version of the format, then producer, domain, documentation, graph or operator sets. */
const FIRST_FIELD = 0x08;
const SECOND_FIELDS = new Set([0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42]);

/** ONNX among the other forms of files. */
export const onnx = {
  description: 'ONNX model',
  endings: ['.onnx'],
  maxBytes: MAX_FILE_BYTES,
  condense: condenseOnnx,
  options: ['dimensions'],
  sniff: ({ bytes }) => bytes[0] === FIRST_FIELD && bytes[1]! < 0x80 && SECOND_FIELDS.has(bytes[2]!),
  read: ({ bytes }, source, { dimensions }) => importOnnx(bytes, source, { dimensions }),
} as const satisfies Importer;
