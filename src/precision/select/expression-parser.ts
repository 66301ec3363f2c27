/**
 * Regular expressions as Python writes them (https://docs.python.org/3/library/re.html#regular-expression-syntax), as
 * far as quantizers use them to name layers. They come from files, so they may not take more than a moment, whatever
 * they are; the host's own engine cannot promise that.
 */
export type Expression =
  | { readonly kind: 'set'; readonly has: (code: number) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly forms: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly inner: Expression; readonly least: number; readonly most: number }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' | 'word' | 'not-word' }
  | { readonly kind: 'ahead'; readonly inner: Expression; readonly negated: boolean };

/** The place where a pattern cannot be understood, and why. */
export class ExpressionError extends Error {
  constructor(at: number, rule: string) {
    super(`${rule} (character ${at + 1})`);
    this.name = 'ExpressionError';
  }
}

const MAX_DEPTH = 50;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isWord = (code: number): boolean =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code > 127;
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  d: isDigit,
  w: isWord,
  s: isSpace,
  D: (code) => !isDigit(code),
  W: (code) => !isWord(code),
  S: (code) => !isSpace(code),
};

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** @throws ExpressionError */
export function parseExpression(pattern: string): Expression {
  let at = 0;
  let depth = 0;

  function fail(rule: string): never {
    throw new ExpressionError(at, rule);
  }

  function parseChoice(): Expression {
    depth += 1;
    if (depth > MAX_DEPTH) fail('has more groups in one another than can be read');
    const forms = [parseSequence()];
    while (pattern[at] === '|') {
      at += 1;
      forms.push(parseSequence());
    }
    depth -= 1;
    return forms.length === 1 ? forms[0]! : { kind: 'choice', forms };
  }

  function parseSequence(): Expression {
    const parts: Expression[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') parts.push(parseRepeat());
    return { kind: 'sequence', parts };
  }

  function parseRepeat(): Expression {
    const inner = parseAtom();
    const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(pattern.slice(at, at + 12));
    const [least, most, length] =
      pattern[at] === '*'
        ? [0, Infinity, 1]
        : pattern[at] === '+'
          ? [1, Infinity, 1]
          : pattern[at] === '?'
            ? [0, 1, 1]
            : counted === null
              ? [1, 1, 0]
              : [Number(counted[1]), limitOf(counted), counted[0].length];
    if (length === 0) return inner;
    if (most < least) fail('must not have fewer at most than at least');
    at += length;
    // Whether it takes much or little first does not change whether it fits.
    if (pattern[at] === '?') at += 1;
    if (/[*+?]/.test(pattern[at] ?? '')) fail('repeats what is repeated already');
    return { kind: 'repeat', inner, least, most };
  }

  function parseAtom(): Expression {
    const mark = pattern[at]!;
    at += 1;
    switch (mark) {
      case '.':
        return { kind: 'set', has: (code) => code !== 10 };
      case '^':
        return { kind: 'edge', at: 'start' };
      case '$':
        return { kind: 'edge', at: 'end' };
      case '(':
        return parseGroup();
      case '[':
        return parseSet();
      case '\\':
        return parseEscape();
      case '*':
      case '+':
      case '?':
        at -= 1;
        return fail('repeats nothing');
      default:
        return single(mark.charCodeAt(0));
    }
  }

  function parseGroup(): Expression {
    const start = at - 1;
    const opening = /^\?(?::|=|!|P<\w+>)/.exec(pattern.slice(at, at + 100));
    if (opening === null && pattern[at] === '?') fail('has a group of a kind that cannot be read');
    if (opening !== null) at += opening[0].length;
    const inner = parseChoice();
    if (pattern[at] !== ')') {
      at = start;
      fail('opens a group that is never closed');
    }
    at += 1;
    return opening?.[0] === '?=' || opening?.[0] === '?!'
      ? { kind: 'ahead', inner, negated: opening[0] === '?!' }
      : inner;
  }

  function parseEscape(): Expression {
    const mark = pattern[at];
    at += 1;
    if (mark === undefined) return fail('ends in a backslash');
    const known = CLASSES[mark];
    if (known !== undefined) return { kind: 'set', has: known };
    if (mark === 'b' || mark === 'B') return { kind: 'edge', at: mark === 'b' ? 'word' : 'not-word' };
    if (mark === 'A' || mark === 'Z') return { kind: 'edge', at: mark === 'A' ? 'start' : 'end' };
    if (CONTROLS[mark] !== undefined) return single(CONTROLS[mark].charCodeAt(0));
    if (/[a-zA-Z0-9]/.test(mark)) return fail(`has \\${mark}, which cannot be read`);
    return single(mark.charCodeAt(0));
  }

  function parseSet(): Expression {
    const start = at - 1;
    const negated = pattern[at] === '^';
    if (negated) at += 1;
    const tests: ((code: number) => boolean)[] = [];
    // A bracket right after the opening one stands for itself.
    for (let first = true; first || pattern[at] !== ']'; first = false) {
      if (at >= pattern.length) {
        at = start;
        fail('opens a set that is never closed');
      }
      const low = parseMember();
      if (typeof low !== 'number') tests.push(low);
      else if (pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']') {
        at += 1;
        const high = parseMember();
        if (typeof high !== 'number' || high < low) return fail('has a range that is none');
        tests.push((code) => code >= low && code <= high);
      } else tests.push((code) => code === low);
    }
    at += 1;
    const has = (code: number): boolean => tests.some((test) => test(code));
    return { kind: 'set', has: negated ? (code) => !has(code) : has };
  }

  function parseMember(): number | ((code: number) => boolean) {
    const mark = pattern[at]!;
    at += 1;
    if (mark !== '\\') return mark.charCodeAt(0);
    const escaped = pattern[at];
    at += 1;
    if (escaped === undefined) return fail('ends in a backslash');
    return CLASSES[escaped] ?? (CONTROLS[escaped] ?? escaped).charCodeAt(0);
  }

  const whole = parseChoice();
  if (at < pattern.length) fail('closes a group that is not open');
  return whole;
}

function limitOf(counted: RegExpExecArray): number {
  if (counted[2] === undefined) return Number(counted[1]);
  return counted[3] === '' ? Infinity : Number(counted[3]);
}

function single(wanted: number): Expression {
  return { kind: 'set', has: (code) => code === wanted };
}
