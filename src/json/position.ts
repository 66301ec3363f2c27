/** 1-based; columns count UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Characters between two places whose line is kept; a text of nothing but line ends must not cost memory. */
const STRIDE = 128;

/** Turns offsets into lines and columns; a line ends with `\n`, `\r\n` or `\r`. */
export function positionsIn(text: string): (offset: number) => TextPosition {
  const marks = Math.floor(text.length / STRIDE) + 1;
  const lines = new Uint32Array(marks);
  const lineStarts = new Uint32Array(marks);
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at % STRIDE === 0) {
      lines[at / STRIDE] = line;
      lineStarts[at / STRIDE] = lineStart;
    }
    if (!endsLine(text, at)) continue;
    line += 1;
    lineStart = at + 1;
  }
  if (text.length % STRIDE === 0) {
    lines[marks - 1] = line;
    lineStarts[marks - 1] = lineStart;
  }
  return (offset) => {
    const mark = Math.min(marks - 1, Math.floor(offset / STRIDE));
    let lineAt = lines[mark]!;
    let start = lineStarts[mark]!;
    for (let at = mark * STRIDE; at < offset; at += 1) {
      if (!endsLine(text, at)) continue;
      lineAt += 1;
      start = at + 1;
    }
    return { line: lineAt, column: offset - start + 1 };
  };
}

/** Whether the character is the last of a line. */
function endsLine(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10);
}

/** Orders things by where they stand in a text; what has no place stays in front. */
export function byPlace(a: Partial<TextPosition>, b: Partial<TextPosition>): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
