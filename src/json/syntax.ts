/** What the reader was about to read when the text stopped being JSON. */
export type Expected = 'value' | 'name' | 'colon' | 'comma' | 'string' | 'end' | 'depth' | 'count';

/** The place where a text stops being JSON, and the rule it breaks. */
export class JsonSyntaxError extends Error {
  readonly offset: number;
  readonly rule: string;

  constructor(offset: number, rule: string) {
    super(rule);
    this.name = 'JsonSyntaxError';
    this.offset = offset;
    this.rule = rule;
  }
}

/** Deeper than any sensible file, and far from the end of the stack. */
export const MAX_DEPTH = 100;

/** More than any sensible file; each value is kept with its place, so that many more would take all memory. */
export const MAX_VALUES = 300_000;

/** Words of other languages, and what JSON writes in their place. */
const FOREIGN_WORDS: Readonly<Record<string, string>> = {
  true: 'true',
  yes: 'true',
  false: 'false',
  no: 'false',
  null: 'null',
  none: 'null',
  nil: 'null',
  undefined: 'null',
};

/**
 * Says in plain words why the text cannot be read at `offset`.
 *
 * @param opened offset of the innermost bracket that is still open, -1 outside all brackets
 */
export function explainSyntax(text: string, offset: number, expected: Expected, opened: number): JsonSyntaxError {
  const error = (rule: string, place = offset): JsonSyntaxError => new JsonSyntaxError(place, rule);
  if (expected === 'depth') return error(`brackets are nested more than ${MAX_DEPTH} deep`);
  if (expected === 'count') return error(`has more than ${MAX_VALUES} values`);
  if (offset >= text.length) {
    if (text.trim() === '') return error('is empty; a JSON value was expected', 0);
    const bracket = opened < 0 ? '' : `; the ${text[opened]} opened here is never closed`;
    return error(`the text ends too early${bracket}`, opened < 0 ? offset : opened);
  }
  const rest = text.slice(offset, offset + 40);
  const character = rest.charAt(0);
  const found = visible(rest);
  if (expected === 'string') return error(explainString(rest));
  if (character === '/' || character === '#') return error('comments are not part of JSON');
  if ((character === '}' || character === ']') && (expected === 'value' || expected === 'name')) {
    const before = lastBefore(text, offset);
    if (text[before] === ',') return error('nothing follows this comma; remove it', before);
  }
  if (character === "'") return error("text and names stand in double quotes, not in '");
  switch (expected) {
    case 'value':
      return error(explainValue(rest));
    case 'name':
      return error(
        /^[\w$]/.test(rest) ? 'names stand in double quotes' : `a name in double quotes was expected, not ${found}`,
      );
    case 'colon':
      return error(`a colon was expected after the name, not ${character}`);
    case 'comma':
      return error(
        /^["{[\w-]/.test(rest)
          ? 'a comma is missing before this'
          : `a comma or a closing bracket was expected, not ${found}`,
      );
    default:
      return error(`nothing may follow the end of the document, found ${found}`);
  }
}

function explainString(rest: string): string {
  if (rest.startsWith('\\')) return `${rest.slice(0, 2)} is not an escape of JSON; a backslash itself is written \\\\`;
  if (rest.startsWith('\t')) return 'a tab inside a text is written \\t';
  return 'the text that starts here is not closed on its line';
}

function explainValue(rest: string): string {
  const [word = rest.slice(0, 1)] = /^[-+.]*[\w$][\w$.+-]*/.exec(rest) ?? [];
  if (/^[-+]?(?:nan|inf|infinity)$/i.test(word)) return `${word} is not a number of JSON; every number is finite`;
  if (/^[-+.]*\d/.test(word)) return `${word} is not how JSON writes a number; examples: -12, 0.5, 1e-3`;
  const meant = Object.hasOwn(FOREIGN_WORDS, word.toLowerCase()) ? FOREIGN_WORDS[word.toLowerCase()] : undefined;
  if (meant !== undefined) return `${word} is not a word of JSON; write ${meant}`;
  if (/^[\w$]/.test(word)) return `${word} is not a word of JSON; text stands in double quotes`;
  return `a value was expected, not ${visible(word)}`;
}

/** The first character, by its code where it could not be seen. */
function visible(rest: string): string {
  const code = rest.codePointAt(0) ?? 0;
  return code > 0x20 && code < 0x7f ? rest.charAt(0) : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function lastBefore(text: string, offset: number): number {
  let before = offset - 1;
  while (before >= 0 && isWhitespace(text.charCodeAt(before))) before -= 1;
  return before;
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

export function skipWhitespace(text: string, from: number): number {
  let at = from;
  while (isWhitespace(text.charCodeAt(at))) at += 1;
  return at;
}

export function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

export function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text, at)) at += 1;
  return at;
}
