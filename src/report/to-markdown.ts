import type { Run } from '../performance/result.js';
import type { Document } from './document.js';
import { documentToMarkdown } from './markdown.js';
import { reportDocument } from './to-table.js';

/** The report of the terminal as Markdown, with a title, and with the warnings, which a terminal shows apart. */
export function toMarkdown(runs: readonly Run[]): string {
  return `# accelsim report\n\n${documentToMarkdown([...reportDocument(runs), ...warningBlocks(runs)])}`;
}

function warningBlocks(runs: readonly Run[]): Document {
  const warnings = warningsOf(runs);
  if (warnings.length === 0) return [];
  return [
    { kind: 'heading', text: 'Warnings' },
    { kind: 'list', items: warnings },
  ];
}

/** What a reader should know before trusting the figures, each said once. */
export function warningsOf(runs: readonly Run[]): string[] {
  return [...new Set(runs.flatMap(({ result }) => result.warnings))];
}
