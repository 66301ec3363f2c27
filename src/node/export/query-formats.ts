import type { Json } from '@duckdb/node-api';
import { csvField, tableToText } from '../../index.js';
import type { QueryResult } from './query.js';

/** Where an answer goes. */
export interface QueryWriter {
  readonly out: (text: string) => void;
  readonly warn: (line: string) => void;
}

/** A form of the answer to a query. */
export interface QueryFormat {
  readonly description: string;
  readonly write: (result: QueryResult, writer: QueryWriter) => Promise<void>;
}

/** A table is for reading: it is laid out as a whole. */
const MAX_TABLE_ROWS = 1000;

export const queryFormats = {
  table: { description: `columns of text; at most ${MAX_TABLE_ROWS} rows`, write: writeTable },
  json: { description: 'an array of objects', write: writeJson },
  csv: { description: 'comma-separated values', write: writeCsv },
} as const satisfies Record<string, QueryFormat>;

async function writeTable({ columns, rows }: QueryResult, { out, warn }: QueryWriter): Promise<void> {
  const shown: string[][] = [];
  let hasMore = false;
  for await (const row of rows) {
    hasMore = shown.length === MAX_TABLE_ROWS;
    if (hasMore) break;
    shown.push(row.map(textOf));
  }
  const heads = columns.map(({ name, isNumber }) => ({ header: name, align: isNumber ? 'right' : 'left' }) as const);
  out(`${tableToText({ columns: heads, rows: shown })}\n`);
  if (hasMore) warn(`only the first ${MAX_TABLE_ROWS} rows are shown: --format csv and --format json give all`);
}

async function writeJson({ columns, rows }: QueryResult, { out }: QueryWriter): Promise<void> {
  let before = '[\n';
  for await (const row of rows) {
    out(`${before}${JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, row[at]])))}`);
    before = ',\n';
  }
  out(before === '[\n' ? '[]\n' : '\n]\n');
}

async function writeCsv({ columns, rows }: QueryResult, { out }: QueryWriter): Promise<void> {
  out(csvLine(columns.map(({ name }) => name)));
  for await (const row of rows) out(csvLine(row.map((cell) => (cell === null ? null : textOf(cell)))));
}

function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvField).join(',')}\n`;
}

function textOf(cell: Json): string {
  if (cell === null) return '-';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
