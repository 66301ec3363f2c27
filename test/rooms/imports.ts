import type { Token } from './tokens.js';

export interface Import {
  /** What is imported; null where it is worked out only when the program runs. */
  readonly specifier: string | null;
  readonly line: number;
}

/**
 * Every way in which a module names another: `import ... from`, `import type`, bare `import ''`, `export ... from`,
 * `import()` as a call or as a type, and `require()`.
 */
export function importsOf(tokens: readonly Token[]): Import[] {
  const imports: Import[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' || isMark(tokens[at - 1], '.')) continue;
    const specifier = specifierAt(tokens, at);
    if (specifier !== undefined) imports.push({ specifier, line: token.line });
  }
  return imports;
}

/** The specifier of the import that begins at a token; undefined where none begins. */
function specifierAt(tokens: readonly Token[], at: number): string | null | undefined {
  const { text } = tokens[at]!;
  const next = tokens[at + 1];
  if (text === 'require' || text === 'import') {
    if (isMark(next, '(')) {
      const [argument, end] = tokens.slice(at + 2, at + 4);
      return argument?.kind === 'text' && (isMark(end, ')') || isMark(end, ',')) ? argument.text : null;
    }
    if (text === 'require' || isMark(next, '.') || isMark(next, ':')) return undefined;
    return next?.kind === 'text' ? next.text : afterFrom(tokens, at + 1);
  }
  if (text !== 'export') return undefined;
  const start = next?.text === 'type' ? at + 2 : at + 1;
  return isMark(tokens[start], '{') || isMark(tokens[start], '*') ? afterFrom(tokens, start) : undefined;
}

/** The text after the `from` of a clause such as `{ a, type B as C }`, `* as name` or `name, { other }`. */
function afterFrom(tokens: readonly Token[], start: number): string | undefined {
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (token.kind === 'word' && token.text === 'from' && tokens[at + 1]?.kind === 'text') return tokens[at + 1]!.text;
    if (token.kind === 'text' || (token.kind === 'mark' && !'{},*'.includes(token.text))) return undefined;
  }
  return undefined;
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}
