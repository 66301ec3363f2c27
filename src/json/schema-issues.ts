import type { z } from 'zod';
import { show } from '../errors.js';
import { nearestName } from './nearest.js';
import { valueAt } from './path.js';
import type { JsonPath } from './path.js';
import { sameButForUnit } from './unit-suffix.js';
import { oneOf } from './words.js';

/** An issue before its path is written out and its place in a text is known. */
export interface Finding {
  readonly path: JsonPath;
  /** Whether the name of the field is wrong, not its value. */
  readonly atName: boolean;
  readonly rule: string;
  readonly found?: string;
  readonly hint?: string;
}

type SchemaIssue = z.core.$ZodIssue;

/** zod's issues about `root` as findings, one for each thing to mend. */
export function toFindings(issues: readonly SchemaIssue[], root: unknown): Finding[] {
  const findings: Finding[] = [];
  const meant = new Set<string>();
  for (const issue of strictest(issues.flatMap((one) => settleUnion(one, [])))) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) findings.push(unknownField(issue, key, root, meant));
    } else findings.push(wrongValue(issue, root));
  }
  // A field that is missing because its name is misspelt is one mistake, told at the misspelt name.
  return findings.filter(
    (finding) => finding.found !== undefined || finding.atName || !meant.has(JSON.stringify(finding.path)),
  );
}

/** A number beyond two limits, such as that of whole numbers and its own, is one mistake: told by the limit that counts. */
function strictest(issues: readonly SchemaIssue[]): SchemaIssue[] {
  const kept = new Map<string, SchemaIssue>();
  for (const [index, issue] of issues.entries()) {
    const limit = limitOf(issue);
    const key = limit === undefined ? String(index) : JSON.stringify([issue.code, pathOf(issue)]);
    const other = kept.get(key);
    if (other === undefined || limitOf(other)! > limit!) kept.set(key, issue);
  }
  return [...kept.values()];
}

/** How far a value may go from zero's side: the less, the stricter. */
function limitOf(issue: SchemaIssue): number | undefined {
  if (issue.code === 'too_big') return Number(issue.maximum);
  return issue.code === 'too_small' ? -Number(issue.minimum) : undefined;
}

function unknownField(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  key: string,
  root: unknown,
  meant: Set<string>,
): Finding {
  const path = pathOf(issue);
  const allowed = issue.message.split('\n').filter((name) => name !== '');
  const free = allowed.filter((name) => valueAt(root, [...path, name]) === undefined);
  const otherUnit = sameButForUnit(key, free);
  const near = otherUnit ?? nearestName(key, free);
  if (near !== undefined) meant.add(JSON.stringify([...path, near]));
  const listed = allowed.length === 0 ? 'none is allowed here' : `allowed: ${allowed.join(', ')}`;
  const hint =
    near === undefined
      ? listed
      : `did you mean ${near}?${otherUnit === undefined ? '' : ' (the unit is part of the name)'}`;
  return { path: [...path, key], atName: true, rule: 'unknown field', hint };
}

function wrongValue(issue: SchemaIssue, root: unknown): Finding {
  const path = pathOf(issue);
  const value = valueAt(root, path);
  const atName = issue.code === 'invalid_key';
  if (value === undefined)
    return { path, atName, rule: path.length === 0 ? issue.message : `missing; ${issue.message}` };
  const near = typeof value === 'string' ? nearestName(value, choicesOf(issue)) : undefined;
  const hint = near === undefined ? {} : { hint: `did you mean ${show(near)}?` };
  return { path, atName, rule: issue.message, found: show(value), ...hint };
}

function pathOf(issue: SchemaIssue): JsonPath {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
}

/** The strings that would have been right. */
function choicesOf(issue: SchemaIssue): string[] {
  const choices =
    issue.code === 'invalid_value'
      ? issue.values
      : issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)
        ? issue.options
        : [];
  return choices.filter((choice) => typeof choice === 'string');
}

/**
 * A value that fits no form of a union: told by the issues of the form that comes nearest, or, where the value is not
 * even of a right type, by naming every form.
 */
function settleUnion(issue: SchemaIssue, prefix: readonly PropertyKey[]): SchemaIssue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }];
  const forms = issue.errors.map((form) => form.flatMap((inner) => settleUnion(inner, path)));
  const rightType = forms.filter(
    (form) => !form.some((inner) => isTypeIssue(inner) && inner.path.length === path.length),
  );
  const nearest = rightType.toSorted((a, b) => mistakes(a) - mistakes(b))[0];
  if (nearest !== undefined) return nearest;
  const rules = forms.flatMap((form) =>
    form.filter(isTypeIssue).map((inner) => inner.message.replace(/^must be /, '')),
  );
  const values = forms.flatMap((form) => form.flatMap(choicesOf));
  return [
    { code: 'invalid_value', values, path, input: issue.input, message: `must be ${oneOf([...new Set(rules)])}` },
  ];
}

function isTypeIssue(issue: SchemaIssue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

function mistakes(issues: readonly SchemaIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}
