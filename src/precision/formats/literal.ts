import { AccelsimError } from '../../errors.js';
import { positionsIn } from '../../json/position.js';
import type { TextPosition } from '../../json/index.js';

/**
 * A value of a Python program or of a JSON text, and where it stands: what quantizers write their lists of bits as.
 * Dictionaries, lists and tuples, texts and numbers; no expressions.
 */
export type Literal = TextPosition &
  (
    | { readonly kind: 'dictionary'; readonly members: readonly LiteralMember[] }
    | { readonly kind: 'list'; readonly elements: readonly Literal[] }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'number'; readonly number: number }
    | { readonly kind: 'word'; readonly word: string }
  );

export interface LiteralMember extends TextPosition {
  readonly name: string;
  readonly value: Literal;
}

/** No list of bits is anywhere near as deep or as long. */
const MAX_DEPTH = 20;
const MAX_VALUES = 300_000;

const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y;
const TEXT = /"(?:[^"\\\n]|\\.){0,500}"|'(?:[^'\\\n]|\\.){0,500}'/y;

/**
 * Reads the one value of a text: `{...}` or `[...]`, with `name =` before it or without, comments and trailing commas
 * allowed.
 *
 * @throws AccelsimError with the place that cannot be read
 */
export function readLiteral(text: string, source: string): Literal {
  const placeOf = positionsIn(text);
  let at = 0;
  let count = 0;

  function fail(rule: string): never {
    throw new AccelsimError([{ source, path: '', rule, ...placeOf(at) }]);
  }

  /** What a sticky pattern finds here, if anything; passed over. */
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  }

  function skipSpace(): void {
    for (;;) {
      while (/\s/.test(text[at] ?? '')) at += 1;
      if (text[at] !== '#') return;
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    }
  }

  function takeMark(mark: string): boolean {
    skipSpace();
    if (text[at] !== mark) return false;
    at += 1;
    skipSpace();
    return true;
  }

  function readValue(depth: number): Literal {
    skipSpace();
    count += 1;
    if (depth > MAX_DEPTH) fail('has more brackets in one another than a list of bits can have');
    if (count > MAX_VALUES) fail('has more values than a list of bits can have');
    const place = placeOf(at);
    if (takeMark('{')) return { kind: 'dictionary', members: readMembers(depth), ...place };
    if (takeMark('[')) return { kind: 'list', elements: readElements(']', depth), ...place };
    if (takeMark('(')) return { kind: 'list', elements: readElements(')', depth), ...place };
    const quoted = take(TEXT);
    if (quoted !== undefined) return { kind: 'text', text: unquote(quoted), ...place };
    const digits = take(NUMBER);
    if (digits !== undefined) return { kind: 'number', number: Number(digits), ...place };
    const word = take(NAME);
    if (word !== undefined) return { kind: 'word', word, ...place };
    return fail(
      at < text.length ? 'must be a list, a dictionary, a text or a number' : 'ends where a value is missing',
    );
  }

  function readElements(close: string, depth: number): Literal[] {
    const elements: Literal[] = [];
    while (!takeMark(close)) {
      elements.push(readValue(depth + 1));
      if (takeMark(',')) continue;
      if (!takeMark(close)) fail(`must be a comma or ${close}`);
      break;
    }
    return elements;
  }

  function readMembers(depth: number): LiteralMember[] {
    const members: LiteralMember[] = [];
    while (!takeMark('}')) {
      const place = placeOf(at);
      const quoted = take(TEXT) ?? fail('must be a name in quotes');
      if (!takeMark(':')) fail('must be a colon');
      members.push({ name: unquote(quoted), value: readValue(depth + 1), ...place });
      if (takeMark(',')) continue;
      if (!takeMark('}')) fail('must be a comma or }');
      break;
    }
    return members;
  }

  skipSpace();
  const start = at;
  if (take(NAME) === undefined || !takeMark('=')) at = start;
  const value = readValue(0);
  skipSpace();
  if (at < text.length) fail('must be the end of the file');
  return value;
}

/** Escapes other than of quotes and backslashes do not stand in names. */
function unquote(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}
