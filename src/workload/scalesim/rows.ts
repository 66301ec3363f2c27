import { show } from '../../errors.js';
import { readCsv } from '../../json/index.js';
import type { CsvCell, CsvRow, TextPosition } from '../../json/index.js';
import { MAX_SIZE } from '../limits.js';
import { formOf } from './forms.js';
import type { TopologyForm, TopologyLayer } from './forms.js';

export interface TopologyRow extends TopologyLayer, TextPosition {
  /** N:M sparsity of the weights (SCALE-Sim v3), as written. */
  readonly sparsity: string | undefined;
}

export interface Topology {
  readonly form: TopologyForm;
  readonly rows: readonly TopologyRow[];
  /** Lines with a flaw that is tolerated, by what there is to say of it. */
  readonly flaws: ReadonlyMap<string, readonly number[]>;
}

/** Says that a value is wrong, `column` being the name of its column. */
export type Complain = (place: TextPosition, column: string, rule: string, found?: string) => void;

type Note = (flaw: string, line: number) => void;

const LOST_COMMA = 'no comma ends the row, so SCALE-Sim itself would lose the last value';
const BLANK_ROW = 'skipped, nothing but commas';
const BLANK_COLUMNS = 'empty columns behind the last are skipped';
const TRAILING_TEXT = 'the text behind the last comma is skipped, as by SCALE-Sim';

/**
 * Splits a topology as SCALE-Sim does (line 1 is the header, whatever it says), and says where it is more tolerant.
 * Undefined where the text is no topology at all.
 */
export function readRows(text: string, source: string, complain: Complain): Topology | undefined {
  const [header, ...data] = readCsv(text, source, { quotes: false, comments: false }).rows;
  if (header === undefined) {
    complain({ line: 1, column: 1 }, '', 'is empty');
    return undefined;
  }
  const form = formOf(header, data);
  const first = header.cells[0]!;
  if (form === undefined) {
    const rule = 'must be the header of a SCALE-Sim topology: Layer name, IFMAP Height, ... or Layer, M, N, K';
    complain(first, '', rule, show(first.text));
    return undefined;
  }
  if (header.cells.filter((cell) => /^\d+$/.test(cell.text)).length >= form.columns.length) {
    complain(first, '', 'must be a line of column names: SCALE-Sim drops it, whatever it holds', show(first.text));
  }
  const flaws = new Map<string, number[]>();
  const note: Note = (flaw, line) => {
    const lines = flaws.get(flaw);
    if (lines === undefined) flaws.set(flaw, [line]);
    else lines.push(line);
  };
  const rows: TopologyRow[] = [];
  for (const row of data) {
    if (row.cells.every((cell) => cell.text === '')) note(BLANK_ROW, row.line);
    else rows.push(readRow(row, form, note, complain));
  }
  if (rows.length === 0) complain(first, '', 'must have a layer below its header');
  return { form, rows, flaws };
}

function readRow(row: CsvRow, form: TopologyForm, note: Note, complain: Complain): TopologyRow {
  const name = row.cells[0]!;
  const pieces = row.cells.slice(1);
  const lastCell = row.cells.at(-1)!;
  if (name.text === '') complain(name, form.nameColumn, 'missing');
  const sizes = form.columns.map((column, index) =>
    readSize(pieces[index] ?? { ...lastCell, text: '' }, column, complain),
  );
  if (pieces.length === form.columns.length) note(LOST_COMMA, row.line);
  const optional = readOptional(pieces.slice(form.columns.length), form, complain);

  let blank = 0;
  for (const cell of optional.rest) {
    if (cell.text === '') blank += 1;
    else if (cell === lastCell && !/^\d/.test(cell.text)) note(TRAILING_TEXT, row.line);
    else complain(cell, '', `stands behind the last column (${form.columns.at(-1)})`, show(cell.text));
  }
  if (blank > 1) note(BLANK_COLUMNS, row.line);
  const { columnStride, sparsity } = optional;
  return { name: name.text, sizes, columnStride, sparsity, line: name.line, column: name.column };
}

/** The column behind the last, which the versions of SCALE-Sim use in different ways. */
function readOptional(
  pieces: readonly CsvCell[],
  form: TopologyForm,
  complain: Complain,
): { columnStride: number | undefined; sparsity: string | undefined; rest: readonly CsvCell[] } {
  const [cell, ...rest] = pieces;
  if (cell !== undefined && /^\d+\s*:\s*\d+$/.test(cell.text)) {
    const [kept = 0, of = 0] = cell.text.split(':').map(Number);
    if (kept < 1 || of < kept) complain(cell, 'sparsity', 'must be N:M with N from 1 to M', show(cell.text));
    return { columnStride: undefined, sparsity: cell.text, rest };
  }
  // Without a comma behind it SCALE-Sim would drop it.
  if (cell !== undefined && form.columnStride && rest.length > 0 && cell.text !== '')
    return { columnStride: readSize(cell, 'Strides along the width', complain), sparsity: undefined, rest };
  return { columnStride: undefined, sparsity: undefined, rest: pieces };
}

function readSize(cell: CsvCell, column: string, complain: Complain): number {
  const value = /^\d{1,9}$/.test(cell.text) ? Number(cell.text) : 0;
  if (cell.text === '') complain(cell, column, 'missing');
  else if (value < 1 || value > MAX_SIZE)
    complain(cell, column, `must be a whole number from 1 to ${MAX_SIZE}`, show(cell.text));
  return Math.max(1, value);
}
