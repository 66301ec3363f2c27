import type { JsonPath, TextPosition } from '../../json/index.js';
import type { StatedPrecision } from '../onnx/precision.js';
import type { NetworkJson } from '../schema.js';

/** What an importer makes of a file. */
export interface ImportedNetwork {
  readonly network: NetworkJson;
  /** What the importer chose, skipped or left out, a sentence each; they go with every result. */
  readonly notes: readonly string[];
  /** Bits of each layer, where the file states any. */
  readonly precision?: StatedPrecision;
  /** Where a path of `network`, such as `['layers', 3]`, stands in the file, if it is a text. */
  readonly locate?: (path: JsonPath) => TextPosition;
}
