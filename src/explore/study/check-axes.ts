import type { Issue } from '../../errors.js';
import { issuesOf, type JsonPath } from '../../json/index.js';
import { fieldIssues, machineFields, nearestField } from './machine-fields.js';
import { METRIC_NAMES } from './metrics.js';
import type { StudyAxis } from './study-axis.js';
import { isQuestionField, QUESTION_FIELDS, questionFields } from './question-fields.js';
import type { AxisFile, StudyFile } from './schema.js';

type Complain = (path: JsonPath, rule: string, found?: unknown, hint?: string) => void;

/** Checks the axes of a study against the machine's fields, against each other and against the rest of the file. */
export function checkAxes(file: StudyFile, axes: readonly (StudyAxis | undefined)[], complain: Complain): void {
  for (const [at, axis] of axes.entries()) {
    if (axis === undefined) continue;
    const place = placesOf(file.axes[at]!, at);
    checkFields(axis, place, complain);
    checkLabels(axis, place, complain);
  }
  checkWorkloads(axes, complain);
  checkNames(axes, complain);
  checkOverlaps(axes, complain);
  checkWithFile(file, axes, complain);
}

/** Where the file says what. */
interface Places {
  readonly field: (field: string) => JsonPath;
  readonly value: (level: number, field: string) => JsonPath;
}

function placesOf(axis: AxisFile, at: number): Places {
  if (axis.levels !== undefined) {
    const labels = Object.keys(axis.levels);
    const holding = (field: string): string => labels.find((label) => field in axis.levels![label]!)!;
    return {
      field: (field) => ['axes', at, 'levels', holding(field), field],
      value: (level, field) => ['axes', at, 'levels', labels[level]!, field],
    };
  }
  const { fields, tuples, values } = axis;
  return {
    field: (field) => (fields === undefined ? ['axes', at, 'field'] : ['axes', at, 'fields', fields.indexOf(field)]),
    value: (level, field) =>
      tuples === undefined
        ? [
            'axes',
            at,
            ...(values === undefined ? [axis.range === undefined ? 'powersOfTwo' : 'range'] : ['values', level]),
          ]
        : ['axes', at, 'tuples', level, fields!.indexOf(field)],
  };
}

function checkFields({ fields, levels }: StudyAxis, place: Places, complain: Complain): void {
  for (const field of fields) {
    if (!isQuestionField(field) && !machineFields().has(field)) {
      const nearest = nearestField(field, QUESTION_FIELDS);
      const hint = nearest === undefined ? `or one of ${QUESTION_FIELDS.join(', ')}` : `did you mean ${nearest}?`;
      complain(place.field(field), 'must be the path of a field of the machine file', field, hint);
      continue;
    }
    // A range that leaves what is allowed does so at many values: one mistake, told at the first of them.
    const told = new Set<string>();
    for (const [level, { set }] of levels.entries()) {
      if (!Object.hasOwn(set, field)) continue;
      const at = place.value(level, field);
      for (const { path, rule, hint } of valueIssues(field, set[field])) {
        const asked = `${path === '' ? field : `${field}.${path}`}: ${rule}`;
        const mistake = `${JSON.stringify(at)} ${asked}`;
        if (!told.has(mistake)) complain(at, asked, set[field], hint);
        told.add(mistake);
      }
    }
  }
}

/** Null leaves a field of the machine out, where it may be. */
function valueIssues(field: string, value: unknown): readonly Issue[] {
  if (isQuestionField(field)) return issuesOf(value, field, questionFields[field].schema);
  return fieldIssues(field, value === null ? undefined : value);
}

function checkLabels({ levels }: StudyAxis, place: Places, complain: Complain): void {
  const met = new Set<string>();
  for (const [level, { label, set }] of levels.entries()) {
    const name = String(label);
    if (met.has(name))
      complain(place.value(level, Object.keys(set)[0]!), 'must be another value than those before', label);
    met.add(name);
  }
}

/** A level that names no workload would leave its points without one. */
function checkWorkloads(axes: readonly (StudyAxis | undefined)[], complain: Complain): void {
  for (const [at, axis] of axes.entries()) {
    if (axis === undefined || !axis.fields.includes('workload')) continue;
    for (const { label, set } of axis.levels)
      if (!Object.hasOwn(set, 'workload'))
        complain(['axes', at, 'levels', String(label)], 'must set workload, as another level does');
  }
}

/** In lower case, as SQL does not tell cases apart. */
const COLUMNS: ReadonlySet<string> = new Set(
  ['index', 'feasible', 'error', 'workload', ...METRIC_NAMES].map((name) => name.toLowerCase()),
);

function checkNames(axes: readonly (StudyAxis | undefined)[], complain: Complain): void {
  const met = new Set<string>();
  for (const [at, axis] of axes.entries()) {
    if (axis === undefined) continue;
    if (met.has(axis.name)) complain(['axes', at], 'must have another name than the axes before', axis.name);
    met.add(axis.name);
    const isTaken = COLUMNS.has(axis.name.toLowerCase()) && !axis.fields.includes(axis.name);
    if (isTaken) complain(['axes', at, 'name'], 'must not be a column that every table of a study has', axis.name);
  }
}

/** A field may be set by one axis only, alone or in its section, or it would hang on their order. */
function checkOverlaps(axes: readonly (StudyAxis | undefined)[], complain: Complain): void {
  const all = axes.flatMap((axis, at) => (axis?.fields ?? []).map((field) => ({ at, field })));
  for (const [index, { at, field }] of all.entries()) {
    const other = all.slice(0, index).find((one) => contains(one.field, field) || contains(field, one.field));
    if (other !== undefined)
      complain(['axes', at], `sets ${field}, which is set by axes[${other.at}] (${other.field}) too`);
  }
}

function contains(section: string, field: string): boolean {
  return section === field || field.startsWith(`${section}.`);
}

function checkWithFile(file: StudyFile, axes: readonly (StudyAxis | undefined)[], complain: Complain): void {
  const sets = (field: string): boolean => axes.some((axis) => axis?.fields.includes(field));
  if (sets('workload') && file.workloads !== undefined)
    complain(['workloads'], 'must be left out, as an axis sets workload');
  if (!sets('workload') && file.workloads === undefined)
    complain([], 'must have workloads, or an axis that sets workload');
  if (sets('mappingObjective') && file.mappingObjective !== undefined)
    complain(['mappingObjective'], 'must be left out, as an axis sets mappingObjective');
  if (sets('precision') && (sets('bits') || sets('edgeBits')))
    complain(['axes'], 'must set precision, or bits and edgeBits, not both');
  const { list, bits, edgeBits } = file.precision;
  if (list !== undefined) {
    const other = sets('bits') ? 'bits' : sets('edgeBits') ? 'edgeBits' : sets('precision') ? 'precision' : undefined;
    if (other !== undefined) complain(['precision', 'list'], `must be left out, as an axis sets ${other}`);
    if (bits !== undefined || edgeBits !== undefined)
      complain(['precision'], 'must have a list, or bits and edgeBits, not both');
  }
  const names = (file.workloads ?? []).map((one) => (typeof one === 'string' ? one : one.workload));
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice >= 0) complain(['workloads', twice], 'must name each workload once', names[twice]);
}
