import type { Run } from '../performance/result.js';
import { toCsv } from './to-csv.js';
import { toJson } from './to-json.js';
import { toMarkdown } from './to-markdown.js';
import { toTable } from './to-table.js';

/** A form in which runs are written. */
export interface Format {
  readonly description: string;
  /** The whole text, ended by a line feed. */
  readonly write: (runs: readonly Run[]) => string;
}

/** Every format; `--format` and its help derive from the keys. */
export const formats = {
  table: { description: 'text for the terminal', write: toTable },
  json: { description: 'everything, exact, with a schema version', write: toJson },
  csv: { description: 'one row per run and layer', write: toCsv },
  markdown: { description: 'the table as a document', write: toMarkdown },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
