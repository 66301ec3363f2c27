/** Indices `from` to `from + size - 1` of a loop. */
export interface Range {
  readonly from: number;
  readonly size: number;
}

/** Pieces of `size`, the last of which may be smaller. */
export function cut({ from, size: length }: Range, size: number): Range[] {
  const pieces: Range[] = [];
  for (let at = 0; at < length; at += size) pieces.push({ from: from + at, size: Math.min(size, length - at) });
  return pieces;
}
