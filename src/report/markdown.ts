import { harmlessLines } from '../errors.js';
import type { Block, Document, Table } from './document.js';

/** A document as GitHub-flavoured Markdown. Ends in a line feed. */
export function documentToMarkdown(document: Document): string {
  return `${document.map(blockToMarkdown).join('\n\n')}\n`;
}

function blockToMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return escapeMarkdown(block.text);
    case 'facts':
      return tableToMarkdown({
        columns: [
          { header: '', align: 'left' },
          { header: '', align: 'left' },
        ],
        rows: block.facts.map(({ label, value }) => [label, value]),
      });
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'table':
      return tableToMarkdown(block.table);
  }
}

export function tableToMarkdown(table: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const headers = table.columns.map((column) => column.header.replace('\n', ' '));
  const rule = `| ${table.columns.map(({ align }) => (align === 'left' ? '---' : '---:')).join(' | ')} |`;
  const rows = table.footer === undefined ? table.rows : [...table.rows, table.footer];
  return [line(headers), rule, ...rows.map(line)].join('\n');
}

/** Names come from files: none may end a cell, start a tag, turn into emphasis or steer a terminal. */
export function escapeMarkdown(text: string): string {
  const oneLine = harmlessLines(text.replace(/\r?\n/g, ' '));
  return oneLine.replace(/[\\`*_|<>[\]]/g, (character) => `\\${character}`);
}
