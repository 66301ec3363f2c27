import { AccelsimError, show } from '../../errors.js';
import { nearestName, readCsv } from '../../json/index.js';
import type { CsvCell, CsvRow } from '../../json/index.js';
import type { ListedChoice, PrecisionEntry } from '../policy/index.js';
import { STATED_FIELDS, statedFields } from '../stated.js';
import type { StatedBits, StatedField } from '../stated.js';
import { PlacedIssues, firstLine } from './format.js';
import type { PrecisionFormat } from './format.js';

const LAYER = 'layer';

/**
 * The project's own table: `layer,weightBits,activationBits,outputBits` and the other fields of `StatedBits`, in any
 * order. `*` and `?` in a layer's name stand for any characters and any one; of a field that several rows state the
 * last holds; an empty value states nothing. Comments `# workload: NAME, NAME`, `# source:` and `# note:` are read.
 */
export const csv = {
  description: 'accelsim table (CSV)',
  reference: 'precision/README.md',
  sniff: (text) => /(?:^|,)\s*"?(?:layers?|\w*bits?)"?\s*(?:,|$)/i.test(firstLine(text)),
  read(text, source) {
    const { rows, comments } = readCsv(text, source, { quotes: true, comments: true });
    const issues = new PlacedIssues(source);
    const [header, ...data] = rows;
    const columns = header === undefined ? [] : readHeader(header, issues);
    if (header === undefined)
      issues.add({ line: 1, column: 1 }, '', `must be a table with the columns ${LAYER}, weightBits, ...`);
    else if (data.length === 0) issues.add(header.cells[0]!, '', 'must have a row below its header');
    for (const comment of comments)
      if (/\p{Cc}/u.test(comment.text)) issues.add(comment, '', 'must have no control characters', show(comment.text));
    if (issues.list.length > 0) throw new AccelsimError(issues.list);
    const entries = data.map((row) => readRow(row, columns, issues));
    if (issues.list.length > 0) throw new AccelsimError(issues.list);
    const told = (word: string): string[] =>
      comments.flatMap((comment) =>
        comment.text.startsWith(`${word}:`) ? [comment.text.slice(word.length + 1).trim()] : [],
      );
    const workloads = told('workload').flatMap((names) => names.split(',').map((name) => name.trim()));
    return {
      policy: 'listed',
      source,
      ...(workloads.length === 0 ? {} : { workloads }),
      entries,
      notes: told('note'),
    } satisfies ListedChoice;
  },
} as const satisfies PrecisionFormat;

type Column = typeof LAYER | StatedField;

function readHeader(header: CsvRow, issues: PlacedIssues): readonly Column[] {
  const allowed: readonly Column[] = [LAYER, ...STATED_FIELDS];
  const columns: Column[] = [];
  for (const cell of header.cells) {
    const column = allowed.find((name) => name === cell.text);
    if (column === undefined) {
      const nearest = nearestName(cell.text, allowed);
      const hint = nearest === undefined ? `allowed: ${allowed.join(', ')}` : `did you mean ${nearest}?`;
      issues.add(cell, '', 'unknown column', show(cell.text), hint);
    } else if (columns.includes(column)) issues.add(cell, column, 'must be one column only');
    else columns.push(column);
  }
  if (issues.list.length > 0) return columns;
  if (!columns.includes(LAYER)) issues.add(header.cells[0]!, LAYER, 'missing, the column of names');
  else if (columns.length === 1)
    issues.add(header.cells[0]!, '', `must have a column of bits: ${STATED_FIELDS.join(', ')}`);
  return columns;
}

function readRow(row: CsvRow, columns: readonly Column[], issues: PlacedIssues): PrecisionEntry {
  const first = row.cells[0]!;
  if (row.cells.length !== columns.length)
    issues.add(first, '', `must have ${columns.length} values, one for each column`, String(row.cells.length));
  const layer = row.cells[columns.indexOf(LAYER)] ?? first;
  if (layer.text === '') issues.add(layer, LAYER, 'missing');
  const bits: Partial<Record<StatedField, number>> = {};
  for (const [at, column] of columns.entries()) {
    const cell = row.cells[at];
    if (column === LAYER || cell === undefined || cell.text === '') continue;
    bits[column] = readNumber(cell, column, `${layer.text}.${column}`, issues);
  }
  if (Object.keys(bits).length === 0) issues.add(first, layer.text, 'states nothing');
  const { text: name, line, column } = layer;
  return {
    key: name,
    path: name,
    line,
    column,
    select: /[*?]/.test(name) ? { by: 'wildcard', pattern: name } : { by: 'name', name },
    bits: bits satisfies StatedBits,
  };
}

function readNumber(cell: CsvCell, field: StatedField, path: string, issues: PlacedIssues): number {
  const value = /^\d{1,9}$/.test(cell.text) ? Number(cell.text) : Number.NaN;
  if (!statedFields[field].allows(value)) issues.add(cell, path, statedFields[field].rule, show(cell.text));
  return value;
}
