/** One thing that is wrong with an input, said so that its author can mend it. */
export interface Issue {
  /** Where the input came from: a file name, an option such as `--bits`, or a value's name. */
  readonly source: string;
  /** The place inside the source, such as `scratchpad.capacityKiB`; empty for the source as a whole. */
  readonly path: string;
  /** What was found, if that helps. */
  readonly found?: string;
  /** What the rule is: what would have been right. */
  readonly rule: string;
  /** A likely mend: the nearest name, the unit meant. */
  readonly hint?: string;
  /** 1-based place in the text, where the source is a text. */
  readonly line?: number;
  readonly column?: number;
}

/**
 * A mistake in what the user gave. Carries every issue that was found, not only the first. Anything else that is
 * thrown is a bug in accelsim.
 */
export class AccelsimError extends Error {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(issues.map(formatIssue).join('\n'));
    this.name = 'AccelsimError';
    this.issues = issues;
  }
}

/** `arch/my.json:12:5: scratchpad.capacityKib: unknown field; did you mean capacityKiB?` */
export function formatIssue(issue: Issue): string {
  const place = issue.line === undefined ? issue.source : `${issue.source}:${issue.line}:${issue.column ?? 1}`;
  const path = issue.path === '' ? '' : `${issue.path}: `;
  const found = issue.found === undefined ? '' : ` (found ${issue.found})`;
  const hint = issue.hint === undefined ? '' : `; ${issue.hint}`;
  return harmless(`${place}: ${path}${issue.rule}${found}${hint}`);
}

/** Names come from files and messages go to terminals: what would steer one is written out, as in `\u001b`. */
function harmless(text: string): string {
  return text.replace(STEERING, writtenOut);
}

/** The same for a text of several lines: line feeds and tabs stay. */
export function harmlessLines(text: string): string {
  return text.replace(STEERING, (character) => (/[\n\t]/.test(character) ? character : writtenOut(character)));
}

/** Control characters, line breaks, and what turns the direction of writing around. */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

function writtenOut(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The shorthand for a single issue. */
export function failure(source: string, path: string, rule: string, found?: unknown, hint?: string): AccelsimError {
  return new AccelsimError([
    {
      source,
      path,
      rule,
      ...(found === undefined ? {} : { found: show(found) }),
      ...(hint === undefined ? {} : { hint }),
    },
  ]);
}

/** A value as a user would recognise it, kept short. */
export function show(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : typeof value === 'number'
        ? String(value)
        : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
