import { AccelsimError, failure, show } from '../../errors.js';
import type { Issue } from '../../errors.js';
import type { TextPosition } from '../../json/index.js';
import type { ImportedNetwork } from '../importers/imported-network.js';
import type { LayerJson, NetworkJson } from '../schema.js';
import { sameShape } from '../tensor-shape.js';
import type { TensorShape } from '../tensor-shape.js';
import { topologyForms } from './forms.js';
import { UniqueNames, networkNameOf } from './names.js';
import { topologyNotes } from './notes.js';
import { DEFAULT_READING, scalesimReadings } from './readings.js';
import type { ScalesimReadingName } from './readings.js';
import { readRows } from './rows.js';

/** Of the issues of one file: more of the same say nothing new. */
const MAX_ISSUES = 50;

/** Whether the first lines look like a topology. */
export function looksLikeScalesim(text: string): boolean {
  const words = text
    .slice(0, 1000)
    .split(/[\r\n]/, 1)[0]!
    .split(',')
    .map((word) => word.trim().toLowerCase());
  // Names of columns are a few words; a JSON text on one line may have any word in it.
  const plain = words.every((word) => word.length < 40 && !/["{}[\]]/.test(word));
  return plain && words.length > 3 && Object.values(topologyForms).some((form) => form.named(words));
}

/**
 * Reads a topology of SCALE-Sim (convolution or matrix-product form). A topology has no graph: a layer reads the one
 * above it where that one's output has the very size it asks for, and else an input of its own.
 *
 * @param reading what the sizes mean
 * @throws AccelsimError with every issue, each with line and column
 * @see https://github.com/scalesim-project/scale-sim-v2 (topologies/), the code that reads them at commit 22f88b1
 */
export function readScalesim(text: string, source: string, reading?: ScalesimReadingName): ImportedNetwork {
  const issues: Issue[] = [];
  const complain = (place: TextPosition, path: string, rule: string, found?: string): void => {
    const { line, column } = place;
    if (issues.length < MAX_ISSUES)
      issues.push({ source, path, rule, ...(found === undefined ? {} : { found }), line, column });
  };
  const topology = readRows(text, source, complain);
  if (topology !== undefined)
    for (const row of topology.rows) checkName(row.name, row, topology.form.nameColumn, complain);
  if (issues.length > 0 || topology === undefined) throw new AccelsimError(issues);
  const { form, rows } = topology;
  if (reading !== undefined && !form.padded) {
    const rule = `means nothing for ${source}, which holds ${form.description}`;
    throw failure('--scalesim-reading', '', rule, reading, 'leave it out');
  }

  const names = new UniqueNames();
  const layerNames = rows.map((row) => names.take(row.name));
  const inputs: NetworkJson['inputs'] = [];
  const layers: LayerJson[] = [];
  const inputRows: number[] = [];
  let above: { readonly name: string; readonly shape: TensorShape } | undefined;
  for (const [index, row] of rows.entries()) {
    const name = layerNames[index]!;
    const { input, output, layer } = form.mean(row, scalesimReadings[reading ?? DEFAULT_READING]);
    let read = above?.name;
    if (above === undefined || !sameShape(above.shape, input)) {
      read = names.take(`${name}.input`.slice(0, 200));
      inputs.push({ name: read, ...input });
      inputRows.push(index);
    }
    layers.push(layer(name, read!));
    above = { name, shape: output };
  }
  const renamed = layerNames.filter((name, index) => name !== rows[index]!.name);
  return {
    network: { name: networkNameOf(source), description: `SCALE-Sim topology of ${form.description}`, inputs, layers },
    notes: topologyNotes(topology, reading ?? DEFAULT_READING, inputs.length, renamed),
    locate([list, index]) {
      const row = typeof index !== 'number' ? undefined : list === 'inputs' ? rows[inputRows[index]!] : rows[index];
      return row === undefined ? { line: 1, column: 1 } : { line: row.line, column: row.column };
    },
  };
}

/** A layer's name becomes the name of a tensor, which has to stand in one line of a report. */
function checkName(
  name: string,
  place: TextPosition,
  column: string,
  complain: (place: TextPosition, path: string, rule: string, found?: string) => void,
): void {
  if (name.length > 180) complain(place, column, 'must have at most 180 characters', show(name));
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) complain(place, column, 'must have no control characters', show(name));
}
