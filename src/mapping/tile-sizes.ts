/**
 * Which tile sizes the search tries along one loop. The list depends on the loop's length and the array only, never on
 * bits, capacity or bandwidth: a machine with more of these searches the same list, so it can never end up slower.
 */

/** Tiles of 1, 2, 3, 4, 6, 8, 12, ... to the loop, each as small as that count allows; down to tiles of 1. Descending. */
export function evenTiles(length: number): number[] {
  const sizes = new Set<number>();
  for (let power = 1; power <= length; power *= 2) {
    sizes.add(Math.ceil(length / power));
    if (power > 1 && power * 1.5 <= length) sizes.add(Math.ceil(length / (power * 1.5)));
  }
  return descending(sizes.add(1));
}

/** The whole loop, half of it, a quarter, down to 1. */
export function halvedTiles(length: number): number[] {
  const sizes = new Set<number>([length]);
  for (let size = length; size > 1; ) sizes.add((size = Math.ceil(size / 2)));
  return descending(sizes);
}

/**
 * Tiles of output channels: even ones of at least `unit` (the array's columns), each also rounded up to whole units,
 * where a part-filled fold would waste columns. Below one unit a tile can only serve a scratchpad that is too small
 * for more: halves.
 */
export function channelTiles(length: number, unit: number): number[] {
  const even = evenTiles(length).filter((size) => size >= unit);
  const whole = even.map((size) => Math.min(length, Math.ceil(size / unit) * unit));
  return descending(new Set([length, ...even, ...whole, ...halvedTiles(Math.min(unit, length))]));
}

/**
 * Tiles of input channels: halves, and those rounded up to whole units (the array's rows). Cutting the reduction costs
 * partial sums or reloads, so it is a last resort and fewer sizes are tried.
 */
export function reductionTiles(length: number, unit: number): number[] {
  const halves = halvedTiles(length);
  const whole = halves.filter((size) => size > unit).map((size) => Math.min(length, Math.ceil(size / unit) * unit));
  return descending(new Set([...halves, ...whole]));
}

function descending(sizes: Set<number>): number[] {
  return [...sizes].sort((a, b) => b - a);
}

/** A tile size along one loop and how the loop falls into such tiles: full ones, and what is left for a last one. */
export interface LoopTile {
  readonly size: number;
  readonly full: number;
  readonly rest: number;
  readonly trips: number;
}

export function tileCounts(length: number, size: number): Omit<LoopTile, 'size'> {
  const full = Math.floor(length / size);
  const rest = length - full * size;
  return { full, rest, trips: rest > 0 ? full + 1 : full };
}
