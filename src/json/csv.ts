import { AccelsimError, show } from '../errors.js';
import type { Issue } from '../errors.js';
import { positionsIn } from './position.js';
import type { TextPosition } from './position.js';

/** One value of a table, without the spaces around it, and where it stands. */
export interface CsvCell extends TextPosition {
  readonly text: string;
}

export interface CsvRow {
  readonly line: number;
  /** At least one. */
  readonly cells: readonly CsvCell[];
}

export interface CsvTable {
  readonly rows: readonly CsvRow[];
  /** Lines that begin with `#`, without it. */
  readonly comments: readonly CsvCell[];
}

/** Which of the things that a CSV may have mean something in this one; else they are plain characters. */
export interface CsvForm {
  /** Values in double quotes, as RFC 4180 has them. */
  readonly quotes: boolean;
  /** Lines that begin with `#`. */
  readonly comments: boolean;
}

/** Far above any table of layers; keeps a file of nothing but commas from taking all memory. */
const MAX_CELLS = 1_000_000;

/** Of the issues of one text: a column of wrong values needs no more to be understood. */
const MAX_ISSUES = 50;

/**
 * Splits a text into rows and cells. Blank lines and a leading byte-order mark are passed over; a line ends with `\n`,
 * `\r\n` or `\r`. Nothing is guessed: a quote that does not belong is an issue.
 *
 * @throws AccelsimError with line and column
 */
export function readCsv(text: string, source: string, form: CsvForm): CsvTable {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let positions: ((offset: number) => TextPosition) | undefined;
  const placeOf = (offset: number): TextPosition => (positions ??= positionsIn(body))(offset);
  const issues: Issue[] = [];
  const complain = (offset: number, rule: string, found?: string): void => {
    if (issues.length < MAX_ISSUES)
      issues.push({ source, path: '', rule, ...(found === undefined ? {} : { found }), ...placeOf(offset) });
  };
  const rows: CsvRow[] = [];
  const comments: CsvCell[] = [];
  let count = 0;
  let at = 0;

  while (at < body.length) {
    const end = lineEnd(body, at);
    if (isBlank(body, at, end)) {
      at = end + 1;
      continue;
    }
    const start = placeOf(skipSpaces(body, at));
    if (form.comments && body[skipSpaces(body, at)] === '#') {
      comments.push({ text: body.slice(skipSpaces(body, at) + 1, end).trim(), ...start });
      at = end + 1;
      continue;
    }
    const cells: CsvCell[] = [];
    for (let more = true; more; ) {
      const cell = form.quotes ? readQuoted(body, at, complain) : undefined;
      const stop = cell?.end ?? cellEnd(body, at);
      const first = skipSpaces(body, at);
      if (form.quotes && cell === undefined) refuseStrayQuote(body, first, stop, complain);
      const content = cell?.text ?? body.slice(at, stop).trim();
      cells.push({ text: content, ...placeOf(Math.min(first, stop)) });
      count += 1;
      if (count > MAX_CELLS) {
        complain(at, `must have at most ${MAX_CELLS} values`);
        throw new AccelsimError(issues);
      }
      more = body[stop] === ',';
      at = stop + 1;
    }
    rows.push({ line: start.line, cells });
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  return { rows, comments };
}

type Complain = (offset: number, rule: string, found?: string) => void;

/** A value in quotes and where it ends; undefined where the next value has none. */
function readQuoted(text: string, from: number, complain: Complain): { text: string; end: number } | undefined {
  const open = skipSpaces(text, from);
  if (text[open] !== '"') return undefined;
  let content = '';
  let at = open + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) {
      complain(open, 'this quote is never closed');
      return { text: content, end: text.length };
    }
    content += text.slice(at, close);
    at = close + 1;
    if (text[at] !== '"') break;
    content += '"';
    at += 1;
  }
  const end = skipSpaces(text, at);
  if (end >= text.length || isBreak(text, end) || text[end] === ',') return { text: content, end };
  const stop = cellEnd(text, end);
  complain(end, 'must be a comma or the end of the line, after a closing quote', show(text.slice(end, stop).trim()));
  return { text: content, end: stop };
}

function refuseStrayQuote(text: string, first: number, end: number, complain: Complain): void {
  const quote = text.slice(first, end).indexOf('"');
  if (quote >= 0)
    complain(
      first + quote,
      'a quote inside a value: put all of it in quotes and double it',
      show(text.slice(first, end)),
    );
}

function isBreak(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '\r';
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBreak(text, at)) at += 1;
  return at;
}

function cellEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ',' && !isBreak(text, at)) at += 1;
  return at;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

function isBlank(text: string, from: number, end: number): boolean {
  return skipSpaces(text, from) >= end;
}
