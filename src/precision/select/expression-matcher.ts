import { ExpressionError, isWord, parseExpression } from './expression-parser.js';
import type { Expression } from './expression-parser.js';

/** One state of the machine that an expression is compiled to. */
type State =
  | { readonly kind: 'set'; readonly has: (code: number) => boolean; readonly next: number }
  | { readonly kind: 'fork'; readonly ways: number[] }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' | 'word' | 'not-word'; readonly next: number }
  | { readonly kind: 'ahead'; readonly inner: number; readonly negated: boolean; readonly next: number }
  | { readonly kind: 'end' };

/** Keeps what is tried for one name, states times characters, small. */
const MAX_STATES = 2000;

/** Of one name: far above what a pattern of a real file takes. */
const MAX_STEPS = 2_000_000;

const END = 0;

/**
 * Whether `text` begins with what a pattern stands for, as Python's `re.match` has it. Each state is tried at most
 * once at each character, so the steps are bounded by states times characters, lookaheads apart, and those by a budget.
 *
 * @throws ExpressionError where the pattern cannot be read, or takes too long
 */
export function compileExpression(pattern: string): (text: string) => boolean {
  const states: State[] = [{ kind: 'end' }];
  const start = compile(parseExpression(pattern), END, states);
  return (text) => {
    let steps = 0;
    const matches = (from: number, offset: number): boolean => {
      const tried = new Set<number>();
      const open: number[] = [from, offset];
      while (open.length > 0) {
        const at = open.pop()!;
        const index = open.pop()!;
        const place = index * (text.length + 1) + at;
        if (tried.has(place)) continue;
        tried.add(place);
        steps += 1;
        if (steps > MAX_STEPS) throw new ExpressionError(0, 'takes too long to be tried');
        const state = states[index]!;
        switch (state.kind) {
          case 'end':
            return true;
          case 'set':
            if (at < text.length && state.has(text.charCodeAt(at))) open.push(state.next, at + 1);
            break;
          case 'fork':
            for (const way of state.ways) open.push(way, at);
            break;
          case 'edge':
            if (isAt(state.at, text, at)) open.push(state.next, at);
            break;
          case 'ahead':
            if (matches(state.inner, at) !== state.negated) open.push(state.next, at);
        }
      }
      return false;
    };
    return matches(start, 0);
  };
}

/** States for `expression` that go on at `next`; the first of them. */
function compile(expression: Expression, next: number, states: State[]): number {
  const add = (state: State): number => {
    if (states.length >= MAX_STATES) throw new ExpressionError(0, 'is too large');
    return states.push(state) - 1;
  };
  switch (expression.kind) {
    case 'set':
      return add({ kind: 'set', has: expression.has, next });
    case 'sequence':
      return expression.parts.reduceRight((after, part) => compile(part, after, states), next);
    case 'choice':
      return add({ kind: 'fork', ways: expression.forms.map((form) => compile(form, next, states)) });
    case 'edge':
      return add({ kind: 'edge', at: expression.at, next });
    case 'ahead':
      return add({
        kind: 'ahead',
        inner: compile(expression.inner, END, states),
        negated: expression.negated,
        next,
      });
    case 'repeat': {
      const { inner, least, most } = expression;
      let first = next;
      if (most === Infinity) {
        const ways: number[] = [];
        first = add({ kind: 'fork', ways });
        ways.push(compile(inner, first, states), next);
      } else {
        for (let count = least; count < most; count += 1)
          first = add({ kind: 'fork', ways: [compile(inner, first, states), next] });
      }
      for (let count = 0; count < least; count += 1) first = compile(inner, first, states);
      return first;
    }
  }
}

function isAt(edge: 'start' | 'end' | 'word' | 'not-word', text: string, at: number): boolean {
  if (edge === 'start') return at === 0;
  if (edge === 'end') return at === text.length;
  const before = at > 0 && isWord(text.charCodeAt(at - 1));
  const after = at < text.length && isWord(text.charCodeAt(at));
  return (before !== after) === (edge === 'word');
}
