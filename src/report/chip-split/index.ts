import type { ChipSplitStudy } from '../../explore/index.js';
import { chipSplitToCsv, chipSplitToJson } from './data.js';
import { chipSplitToMarkdown, chipSplitToText } from './document.js';

export { chipSplitToCsv, chipSplitToJson, chipSplitToMarkdown, chipSplitToText };

/** The forms of a report, by the names that `--format` has for runs. */
export const chipSplitFormats = {
  table: chipSplitToText,
  json: chipSplitToJson,
  csv: chipSplitToCsv,
  markdown: (study) => chipSplitToMarkdown(study),
} as const satisfies Record<string, (study: ChipSplitStudy) => string>;
