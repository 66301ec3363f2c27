import type { Run } from '../performance/result.js';
import { comparisonDocument } from './comparison-document.js';
import type { Document } from './document.js';
import { runDocument } from './run-document.js';
import { documentToText } from './text.js';

/** Runs as a text for the terminal: one run with every layer, several as the speedup table. */
export function toTable(runs: readonly Run[]): string {
  return documentToText(reportDocument(runs));
}

export function reportDocument(runs: readonly Run[]): Document {
  const [only] = runs;
  return runs.length === 1 && only !== undefined ? runDocument(only) : comparisonDocument(runs);
}
