import type { JsonPath } from './path.js';
import { MAX_DEPTH, MAX_VALUES, explainSyntax, isDigit, skipDigits, skipWhitespace } from './syntax.js';
import type { Expected } from './syntax.js';

/** A value of a JSON text with the places it was read from, as offsets into the text. */
export interface JsonNode {
  readonly start: number;
  /** One past the last character. */
  readonly end: number;
  readonly value: unknown;
  readonly members?: ReadonlyMap<string, JsonMember>;
  readonly elements?: readonly JsonNode[];
}

export interface JsonMember {
  readonly nameStart: number;
  readonly node: JsonNode;
}

/** Something a text says that a value cannot hold: a name given twice, a number out of range. */
export interface TextProblem {
  readonly path: JsonPath;
  readonly offset: number;
  readonly rule: string;
  readonly found?: string;
  /** For a name given twice: where it stood before. */
  readonly firstOffset?: number;
}

/** Of one text: more of the same say nothing new. */
const MAX_PROBLEMS = 100;

export interface JsonTree {
  readonly root: JsonNode;
  readonly problems: readonly TextProblem[];
}

/**
 * Reads a JSON text (RFC 8259, nothing more) into values that know their places. Numbers that overflow or vanish and
 * names that are given twice are problems, not ends: the reading goes on, so that all of them can be reported.
 *
 * @throws JsonSyntaxError at the first place that is not JSON
 */
export function parseTree(text: string): JsonTree {
  const problems: TextProblem[] = [];
  const path: (string | number)[] = [];
  const opened: number[] = [];
  let count = 0;
  let at = skipWhitespace(text, 0);

  function fail(offset: number, expected: Expected): never {
    throw explainSyntax(text, offset, expected, opened.at(-1) ?? -1);
  }

  function expect(mark: string, expected: Expected): void {
    if (text[at] !== mark) fail(at, expected);
    at = skipWhitespace(text, at + 1);
  }

  function open(): void {
    if (opened.length === MAX_DEPTH) fail(at, 'depth');
    opened.push(at);
    at = skipWhitespace(text, at + 1);
  }

  function close(): void {
    opened.pop();
    at += 1;
  }

  function parseValue(): JsonNode {
    const start = at;
    count += 1;
    if (count > MAX_VALUES) fail(at, 'count');
    switch (text[at]) {
      case '{':
        return parseObject(start);
      case '[':
        return parseArray(start);
      case '"':
        return { start, value: parseString(), end: at };
      case 't':
        return parseWord('true', true);
      case 'f':
        return parseWord('false', false);
      case 'n':
        return parseWord('null', null);
      default:
        return parseNumber(start);
    }
  }

  function parseObject(start: number): JsonNode {
    const value: Record<string, unknown> = {};
    const members = new Map<string, JsonMember>();
    open();
    while (text[at] !== '}') {
      if (members.size > 0) expect(',', 'comma');
      const nameStart = at;
      if (text[at] !== '"') fail(at, 'name');
      const name = parseString();
      at = skipWhitespace(text, at);
      expect(':', 'colon');
      path.push(name);
      const firstOffset = members.get(name)?.nameStart;
      if (firstOffset !== undefined && problems.length < MAX_PROBLEMS)
        problems.push({ path: [...path], offset: nameStart, firstOffset, rule: 'given twice' });
      const node = parseValue();
      path.pop();
      members.set(name, { nameStart, node });
      // Assigning to `__proto__` would replace the prototype instead of making a field.
      if (name === '__proto__') Object.defineProperty(value, name, { value: node.value, enumerable: true });
      else value[name] = node.value;
      at = skipWhitespace(text, at);
    }
    close();
    return { start, end: at, value, members };
  }

  function parseArray(start: number): JsonNode {
    const value: unknown[] = [];
    const elements: JsonNode[] = [];
    open();
    while (text[at] !== ']') {
      if (elements.length > 0) expect(',', 'comma');
      path.push(elements.length);
      const node = parseValue();
      path.pop();
      elements.push(node);
      value.push(node.value);
      at = skipWhitespace(text, at);
    }
    close();
    return { start, end: at, value, elements };
  }

  function parseWord(word: string, value: unknown): JsonNode {
    const start = at;
    at += word.length;
    if (!text.startsWith(word, start) || /[\w$]/.test(text[at] ?? '')) fail(start, 'value');
    return { start, end: at, value };
  }

  function parseString(): string {
    const start = at;
    let escaped = false;
    for (at += 1; text[at] !== '"'; at += 1) {
      const code = text.charCodeAt(at);
      if (Number.isNaN(code) || code < 0x20) fail(text[at] === '\t' ? at : start, 'string');
      if (code !== 0x5c) continue;
      if (!/^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/.test(text.slice(at, at + 6))) fail(at, 'string');
      escaped = true;
      at += 1;
    }
    at += 1;
    return escaped ? String(JSON.parse(text.slice(start, at))) : text.slice(start + 1, at - 1);
  }

  function parseNumber(start: number): JsonNode {
    if (text[at] === '-') at += 1;
    if (!isDigit(text, at)) fail(start, 'value');
    at = text[at] === '0' ? at + 1 : skipDigits(text, at);
    if (text[at] === '.') {
      if (!isDigit(text, at + 1)) fail(start, 'value');
      at = skipDigits(text, at + 1);
    }
    if (text[at] === 'e' || text[at] === 'E') {
      at += text[at + 1] === '+' || text[at + 1] === '-' ? 2 : 1;
      if (!isDigit(text, at)) fail(start, 'value');
      at = skipDigits(text, at);
    }
    if (/[\w.$+-]/.test(text[at] ?? '')) fail(start, 'value');
    const found = text.slice(start, at);
    const value = Number(found);
    if (!Number.isFinite(value)) {
      problems.push({ path: [...path], offset: start, rule: 'is larger than a number can be', found });
    } else if (value === 0 && /[1-9]/.test(found.replace(/e.*/i, ''))) {
      problems.push({ path: [...path], offset: start, rule: 'is closer to 0 than a number can be', found });
    }
    return { start, end: at, value };
  }

  const root = parseValue();
  at = skipWhitespace(text, at);
  if (at < text.length) fail(at, 'end');
  return { root, problems };
}
