import type { MachineComparison } from '../../explore/index.js';
import { comparisonToCsv, comparisonToJson } from './data.js';
import { comparisonToMarkdown, comparisonToText } from './document.js';

export { comparisonToCsv, comparisonToJson, comparisonToMarkdown, comparisonToText };

/** The forms of a comparison; `--format` and its help derive from the keys. */
export const comparisonFormats = {
  table: comparisonToText,
  json: comparisonToJson,
  csv: comparisonToCsv,
  markdown: comparisonToMarkdown,
} as const satisfies Record<string, (comparisons: readonly MachineComparison[]) => string>;
