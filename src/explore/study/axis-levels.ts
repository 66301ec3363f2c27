import type { AxisValue } from './point.js';
import type { JsonValue } from './json-value.js';
import type { AxisLevel, StudyAxis } from './study-axis.js';
import { MAX_LEVELS, type AxisFile } from './schema.js';

/** Tells what is wrong with an axis, at a place below it. */
export type Complain = (path: readonly (string | number)[], rule: string, found?: unknown, hint?: string) => void;

/** Steps are told apart from sums of rounding errors: figures of machines have far fewer digits. */
const DIGITS = 12;

/** What an axis of the file stands for; undefined where `complain` was told why it stands for nothing. */
export function axisOf(file: AxisFile, complain: Complain): StudyAxis | undefined {
  const subjects = namedOf(file, ['field', 'fields', 'levels']);
  if (subjects.length !== 1) {
    complain([], 'must have one of field, fields and levels', subjects.join(' and ') || 'none of them');
    return undefined;
  }
  const lists = namedOf(file, ['values', 'range', 'powersOfTwo', 'tuples']);
  if (file.levels !== undefined) {
    if (lists.length > 0) {
      complain([lists[0]!], 'must be left out: levels say their values themselves');
      return undefined;
    }
    return named(file, file.levels, complain);
  }
  const fields = file.fields ?? [file.field!];
  const allowed = file.fields === undefined ? 'values, range and powersOfTwo' : 'values, range, powersOfTwo and tuples';
  if (lists.length !== 1 || (file.tuples !== undefined && file.fields === undefined)) {
    complain([], `must have one of ${allowed}`, lists.join(' and ') || 'none of them');
    return undefined;
  }
  const twice = fields.find((field, at) => fields.indexOf(field) !== at);
  if (twice !== undefined) {
    complain(['fields'], 'must name each field once', twice);
    return undefined;
  }
  const levels = file.tuples === undefined ? inStep(file, fields, complain) : tupled(file.tuples, fields, complain);
  return levels && { name: file.name ?? fields.join(' + '), fields, levels };
}

function namedOf<Key extends keyof AxisFile>(file: AxisFile, keys: readonly Key[]): Key[] {
  return keys.filter((key) => file[key] !== undefined);
}

function named(file: AxisFile, levels: NonNullable<AxisFile['levels']>, complain: Complain): StudyAxis | undefined {
  const entries = Object.entries(levels);
  if (file.name === undefined || entries.length === 0) {
    if (file.name === undefined) complain([], 'must have a name, as its levels set fields of their own');
    if (entries.length === 0) complain(['levels'], 'must have at least 1 level');
    return undefined;
  }
  return {
    name: file.name,
    fields: [...new Set(entries.flatMap(([, set]) => Object.keys(set)))],
    levels: entries.map(([label, set]): AxisLevel => ({ label, set })),
  };
}

function inStep(file: AxisFile, fields: readonly string[], complain: Complain): AxisLevel[] | undefined {
  const values = file.values ?? (file.range === undefined ? powers(file, complain) : steps(file.range, complain));
  return values?.map((value) => ({
    label: labelOf(value),
    set: Object.fromEntries(fields.map((field) => [field, value])),
  }));
}

function tupled(
  tuples: NonNullable<AxisFile['tuples']>,
  fields: readonly string[],
  complain: Complain,
): AxisLevel[] | undefined {
  const wrong = tuples.findIndex((tuple) => tuple.length !== fields.length);
  if (wrong >= 0) {
    complain(['tuples', wrong], `must have ${fields.length} values, one for each of the fields`, tuples[wrong]);
    return undefined;
  }
  return tuples.map((tuple) => ({
    label: tuple.map((value) => String(labelOf(value))).join(' x '),
    set: Object.fromEntries(fields.map((field, at) => [field, tuple[at]!])),
  }));
}

function steps({ from, to, step, count }: NonNullable<AxisFile['range']>, complain: Complain): number[] | undefined {
  if ((step === undefined) === (count === undefined)) {
    complain(['range'], 'must have one of step and count');
    return undefined;
  }
  if (to < from || (count !== undefined && to === from)) {
    complain(['range', 'to'], `must be ${count === undefined ? 'at least' : 'more than'} from (${from})`, to);
    return undefined;
  }
  const width = step ?? (to - from) / (count! - 1);
  const number = count ?? Math.floor(rounded((to - from) / width)) + 1;
  if (number > MAX_LEVELS) {
    complain(['range'], `must have at most ${MAX_LEVELS} values`, number);
    return undefined;
  }
  return Array.from({ length: number }, (_, at) => rounded(from + at * width));
}

function powers(file: AxisFile, complain: Complain): number[] | undefined {
  const { from, to } = file.powersOfTwo!;
  for (const [end, value] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (Number.isInteger(Math.log2(value))) continue;
    complain(['powersOfTwo', end], 'must be a power of two', value);
    return undefined;
  }
  if (to < from) {
    complain(['powersOfTwo', 'to'], `must be at least from (${from})`, to);
    return undefined;
  }
  return Array.from({ length: Math.log2(to / from) + 1 }, (_, at) => from * 2 ** at);
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** What a reader calls a value. */
function labelOf(value: JsonValue): AxisValue {
  if (value === null) return 'none';
  if (typeof value !== 'object') return value;
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
    ? value.join(', ')
    : JSON.stringify(value);
}
