import type { ImportOptions } from '../../index.js';
import { AccelsimError, importFlags, scalesimReadings, show } from '../../index.js';
import type { Issue } from '../../index.js';
import type { OptionRow } from './options.js';
import { textOf } from './options.js';

/** What may be said of a network's file that it does not say itself. */
export const importOptions: readonly OptionRow[] = [
  {
    flags: `${importFlags.dimensions} <list>`,
    description: 'sizes that an ONNX file leaves open: sequence=128, or all of an input: image=1,3,640,640',
  },
  {
    flags: `${importFlags.scalesimReading} <name>`,
    description: `what sizes in a SCALE-Sim topology mean (default: ${Object.keys(scalesimReadings)[0]})`,
    choices: Object.keys(scalesimReadings),
  },
];

/** @throws AccelsimError naming the option */
export function readImportOptions(options: Readonly<Record<string, unknown>>): ImportOptions {
  const given = textOf(options, 'scalesimReading');
  const reading = (Object.keys(scalesimReadings) as (keyof typeof scalesimReadings)[]).find((name) => name === given);
  const shape = textOf(options, 'shape');
  return {
    ...(reading === undefined ? {} : { scalesimReading: reading }),
    ...(shape === undefined ? {} : { dimensions: readDimensions(shape) }),
  };
}

/** Sizes of an ONNX file are below it. */
const MAX_DIMENSION = 2 ** 31;

/**
 * `batch=1,sequence=128`, or all sizes of an input: `image=1,3,640,640`. A name is whatever the file calls the dimension
 * or the input.
 */
function readDimensions(text: string): NonNullable<ImportOptions['dimensions']> {
  const sizes = new Map<string, number[]>();
  const issues: Issue[] = [];
  let last: number[] | undefined;
  for (const entry of text.split(',')) {
    const [, name, size = ''] = /^\s*(?:(.*[^=\s])\s*=)?\s*([^=\s]*)\s*$/.exec(entry) ?? [];
    const rule = entryRule(name, size, last !== undefined, sizes);
    if (rule !== undefined) issues.push({ source: importFlags.dimensions, path: '', rule, found: show(entry) });
    // What follows a wrong entry belongs to it all the same.
    const list: number[] = name === undefined ? (last ?? []) : [];
    list.push(Number(size));
    if (name !== undefined) sizes.set(name, (last = list));
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  return Object.fromEntries([...sizes].map(([name, list]) => [name, list.length === 1 ? list[0]! : list]));
}

function entryRule(
  name: string | undefined,
  size: string,
  follows: boolean,
  known: ReadonlyMap<string, unknown>,
): string | undefined {
  if (size === '' || (name === undefined && !follows))
    return 'must be name=number, such as sequence=128, or all sizes of an input, such as image=1,3,640,640';
  if (!/^\d+$/.test(size) || !(Number(size) >= 1 && Number(size) <= MAX_DIMENSION))
    return `must be a whole number from 1 to ${MAX_DIMENSION}`;
  return name !== undefined && known.has(name) ? 'must name each dimension once' : undefined;
}
