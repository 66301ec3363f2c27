import type { Block, Document, Fact, Table } from './document.js';

/** Characters a terminal line of a report takes at most, apart from tables of many figures. */
const LINE_WIDTH = 110;
/** A column of words is wrapped to no less than that. */
const LEAST_WORDS = 40;

/** A document for a terminal: plain characters, no colours. Ends in a line feed. */
export function documentToText(document: Document): string {
  return `${document.map(blockToText).join('\n\n')}\n`;
}

function blockToText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'-'.repeat(block.text.length)}`;
    case 'paragraph':
      return wrap(block.text, LINE_WIDTH).join('\n');
    case 'facts':
      return factsToText(block.facts);
    case 'list':
      return block.items
        .map((item) => wrap(item, LINE_WIDTH - 4).join('\n    '))
        .map((item) => `  - ${item}`)
        .join('\n');
    case 'table':
      return tableToText(block.table);
  }
}

function factsToText(facts: readonly Fact[]): string {
  const width = Math.max(...facts.map((fact) => fact.label.length));
  const indent = `\n${' '.repeat(width + 2)}`;
  return facts
    .map(({ label, value }) => `${label.padEnd(width)}  ${wrap(value, LINE_WIDTH - width - 2).join(indent)}`)
    .join('\n');
}

/**
 * Columns as wide as their widest cell, two spaces between them, a rule below the header and above the footer. Where
 * that is too wide for a line, a last column of words is wrapped.
 */
export function tableToText(table: Table): string {
  const headers = table.columns.map((column) => column.header.split('\n'));
  const headerLines = Math.max(...headers.map((lines) => lines.length));
  const footer = table.footer === undefined ? [] : [table.footer];
  const widths = table.columns.map((_, index) =>
    Math.max(
      0,
      ...[...table.rows, ...footer].map((row) => (row[index] ?? '').length),
      ...(headers[index] ?? []).map((line) => line.length),
    ),
  );
  const last = table.columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + 2, 0);
  if (table.columns[last]?.align === 'left')
    widths[last] = Math.min(widths[last]!, Math.max(LEAST_WORDS, LINE_WIDTH - before));
  const line = (cells: readonly string[]): string =>
    table.columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? '';
        const width = widths[index] ?? 0;
        return align === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const row = (cells: readonly string[]): string => {
    const [first = '', ...more] = wrap(cells[last] ?? '', widths[last] ?? 0);
    return [line(cells.with(last, first)), ...more.map((words) => ' '.repeat(before) + words)].join('\n');
  };
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const head = Array.from({ length: headerLines }, (_, at) => line(headers.map((lines) => lines[at] ?? '')));
  return [...head, rule, ...table.rows.map(row), ...(footer.length === 0 ? [] : [rule, ...footer.map(row)])].join('\n');
}

/** Lines of at most `width` characters, broken between words; a longer word keeps a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
