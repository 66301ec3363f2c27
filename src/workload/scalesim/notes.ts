import { scalesimReadings } from './readings.js';
import type { ScalesimReadingName } from './readings.js';
import type { Topology } from './rows.js';

/** What there is to say of how a topology was read, a sentence each. */
export function topologyNotes(
  { form, rows, flaws }: Topology,
  reading: ScalesimReadingName,
  ownInputs: number,
  renamed: readonly string[],
): string[] {
  const notes: string[] = [];
  if (form.padded) {
    const others = Object.keys(scalesimReadings).filter((name) => name !== reading);
    notes.push(
      `sizes are read ${scalesimReadings[reading].description} (--scalesim-reading ${others.join(' or ')} for the other way)`,
    );
  }
  const chained = rows.length - ownInputs;
  notes.push(
    `a topology has no graph: ${chained} of ${rows.length} layers read the layer above, whose output has the size they ask for; the others read an input of their own`,
  );
  const sparse = rows.filter((row) => row.sparsity !== undefined).map((row) => row.line);
  if (sparse.length > 0) notes.push(`sparsity is ignored, all weights count: ${linesIn(sparse)}`);
  for (const [flaw, lines] of flaws) notes.push(`${linesIn(lines)}: ${flaw}`);
  if (renamed.length > 0) notes.push(`names that stand there twice got a number: ${listed(renamed)}`);
  return notes;
}

function linesIn(lines: readonly number[]): string {
  return `line${lines.length === 1 ? '' : 's'} ${listed(lines.map(String))}`;
}

/** The first few, and how many there are. */
function listed(words: readonly string[]): string {
  const shown = words.slice(0, 5).join(', ');
  return words.length <= 5 ? shown : `${shown} and ${words.length - 5} more`;
}
