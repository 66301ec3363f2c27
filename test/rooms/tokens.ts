/** One piece of TypeScript that is neither blank nor comment. A `text` is a literal's content, without its quotes. */
export interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

const BLANK = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const WORD = /[\p{ID_Start}\d$_#@][\p{ID_Continue}$]*/uy;
const QUOTED = /'((?:\\[\s\S]|[^'\\\n])*)'|"((?:\\[\s\S]|[^"\\\n])*)"/y;
const TEMPLATE_PIECE = /((?:\\[\s\S]|\$(?!\{)|[^`\\$])*)(`|\$\{|$)/y;
const PATTERN = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;

/** Words after which a slash begins a regular expression; after any other word it divides. */
const BEFORE_PATTERN = new Set(
  'await case delete do else in instanceof new of return throw typeof void yield'.split(' '),
);

/**
 * Cuts a source into tokens, just well enough to tell code from comments, strings, templates and regular expressions:
 * what stands in those cannot import or call anything. Code inside `${}` counts as code.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  /** For each template that is open around this place: how many braces are open inside its `${`. */
  const templates: number[] = [];
  let at = source.startsWith('#!') ? source.indexOf('\n') : 0;
  let line = 1;

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) moveTo(pattern.lastIndex);
    return match;
  }

  function moveTo(end: number): void {
    for (; at < end; at += 1) if (source[at] === '\n') line += 1;
  }

  function push(kind: Token['kind'], text: string, startLine: number): void {
    tokens.push({ kind, text, line: startLine });
  }

  /** The literal part of a template, from here to its end or to the next `${`. */
  function takeTemplatePiece(startLine: number, isHead: boolean): void {
    const [, text = '', end] = take(TEMPLATE_PIECE)!;
    const whole = isHead && end !== '${';
    push(whole ? 'text' : 'mark', whole ? text : '`', startLine);
    if (end === '${') templates.push(0);
  }

  while (at < source.length) {
    if (take(BLANK) !== null) continue;
    const startLine = line;
    const word = take(WORD);
    if (word !== null) {
      push('word', word[0], startLine);
      continue;
    }
    const quoted = take(QUOTED);
    if (quoted !== null) {
      push('text', quoted[1] ?? quoted[2]!, startLine);
      continue;
    }
    if (source[at] === '/' && mayBeginPattern(tokens.at(-1)) && take(PATTERN) !== null) {
      push('text', '', startLine);
      continue;
    }
    const mark = source[at]!;
    moveTo(at + 1);
    const depth = templates.at(-1);
    if (mark === '`') takeTemplatePiece(startLine, true);
    else if (mark === '}' && depth === 0) {
      templates.pop();
      takeTemplatePiece(startLine, false);
    } else {
      if (depth !== undefined && mark === '{') templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && mark === '}') templates[templates.length - 1] = depth - 1;
      push('mark', mark, startLine);
    }
  }
  return tokens;
}

function mayBeginPattern(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return BEFORE_PATTERN.has(before.text);
  return before.kind === 'mark' && !')]}'.includes(before.text);
}
