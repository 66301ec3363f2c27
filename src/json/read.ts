import type { z } from 'zod';
import { AccelsimError } from '../errors.js';
import type { Issue } from '../errors.js';
import { parseTree } from './parse.js';
import type { JsonNode, JsonTree } from './parse.js';
import { formatPath } from './path.js';
import type { JsonPath } from './path.js';
import { byPlace, positionsIn } from './position.js';
import type { TextPosition } from './position.js';
import { toFindings } from './schema-issues.js';
import type { Finding } from './schema-issues.js';
import { JsonSyntaxError } from './syntax.js';
import { plainWords } from './words.js';

/** A value that fits its schema, and where its parts stand in the text it was read from. */
export interface JsonDocument<T> {
  readonly value: T;
  /** The place of the value at `path`, or of the innermost value around it that the text has. */
  readonly locate: (path: JsonPath) => TextPosition;
}

/**
 * Reads a JSON text that must fit a schema. A leading byte-order mark is passed over; everything else that is not
 * plain JSON is refused.
 *
 * @param source what to call the text in messages, such as its file name
 * @throws AccelsimError with every issue of the text, each with its line and column
 */
export function readJson<T>(text: string, source: string, schema: z.ZodType<T>): T {
  return readDocument(text, source, schema).value;
}

/** As `readJson`, keeping the places for checks that come after the schema's. */
export function readDocument<T>(text: string, source: string, schema: z.ZodType<T>): JsonDocument<T> {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let positions: ((offset: number) => TextPosition) | undefined;
  const positionOf = (offset: number): TextPosition => (positions ??= positionsIn(body))(offset);
  const tree = parseOrFail(body, source, positionOf);
  const locate = (path: JsonPath, atName = false): TextPosition => positionOf(offsetAt(tree.root, path, atName));

  const issues: Issue[] = tree.problems.map(({ path, offset, firstOffset, rule, found }) => ({
    source,
    path: formatPath(path),
    rule: firstOffset === undefined ? rule : `${rule}, first in line ${positionOf(firstOffset).line}`,
    ...(found === undefined ? {} : { found }),
    ...positionOf(offset),
  }));
  // A number that is out of range needs no second issue from the schema.
  const told = new Set(tree.problems.filter((one) => one.firstOffset === undefined).map((one) => formatPath(one.path)));
  const result = check(tree.root.value, schema);
  for (const finding of result.findings) {
    const issue = { ...toIssue(finding, source), ...locate(finding.path, finding.atName) };
    if (!told.has(issue.path)) issues.push(issue);
  }
  if (issues.length > 0 || !('value' in result)) throw new AccelsimError(issues.toSorted(byPlace));
  return { value: result.value, locate };
}

/**
 * Checks a value that did not come from a text: a library call's argument, a command-line option.
 *
 * @throws AccelsimError with every issue, without lines
 */
export function readValue<T>(value: unknown, source: string, schema: z.ZodType<T>): T {
  const result = check(value, schema);
  if (!('value' in result)) throw new AccelsimError(result.findings.map((finding) => toIssue(finding, source)));
  return result.value;
}

/** What is wrong with a value that did not come from a text; empty where it fits. */
export function issuesOf(value: unknown, source: string, schema: z.ZodType): readonly Issue[] {
  return check(value, schema).findings.map((finding) => toIssue(finding, source));
}

type Checked<T> = { readonly value: T; readonly findings: readonly [] } | { readonly findings: readonly Finding[] };

/** Of one value; the number of the others is told. */
const MAX_FINDINGS = 200;

function check<T>(value: unknown, schema: z.ZodType<T>): Checked<T> {
  const result = schema.safeParse(value, { error: plainWords, reportInput: true });
  if (result.success) return { value: result.data, findings: [] };
  const { issues } = result.error;
  const findings = toFindings(issues.slice(0, MAX_FINDINGS), value);
  const more = issues.length - MAX_FINDINGS;
  const rest = { path: [], atName: false, rule: `has ${more} more mistakes, of which no more is told` };
  return { findings: more > 0 ? [rest, ...findings] : findings };
}

function toIssue({ path, rule, found, hint }: Finding, source: string): Issue {
  return {
    source,
    path: formatPath(path),
    rule,
    ...(found === undefined ? {} : { found }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function parseOrFail(text: string, source: string, positionOf: (offset: number) => TextPosition): JsonTree {
  try {
    return parseTree(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new AccelsimError([{ source, path: '', rule: error.rule, ...positionOf(error.offset) }]);
  }
}

function offsetAt(root: JsonNode, path: JsonPath, atName: boolean): number {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const member = typeof step === 'string' ? node.members?.get(step) : undefined;
    const inner = typeof step === 'number' ? node.elements?.[step] : member?.node;
    if (inner === undefined) break;
    if (atName && member !== undefined && depth === path.length - 1) return member.nameStart;
    node = inner;
  }
  return node.start;
}
