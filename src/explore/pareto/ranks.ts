/**
 * Points whose coordinates are ranks: of a column, the least value is 0, the next 1, equal values share one. Dominance
 * is the same among ranks as among the values, and whole numbers are sorted and compared faster. Points stand in
 * lexicographic order and are all different, so that whoever dominates a point stands before it, and whoever stands
 * before it and is no greater in the other columns dominates it.
 */
export interface RankedPoints {
  /** How many different points. */
  readonly length: number;
  /** A list of ranks for each column, by place in the order. */
  readonly columns: readonly Uint32Array[];
  /** Row of each point that can be compared, equal ones side by side. */
  readonly rows: Uint32Array;
  /** Where in `rows` those of each different point begin; one more at the end. */
  readonly starts: Uint32Array;
}

/** @param values by row. Rows that hold NaN are left out: they can be compared with none. */
export function rankPoints(values: Float64Array, columns: number): RankedPoints {
  const comparable = rowsWithoutNaN(values, columns);
  const ranks = Array.from({ length: columns }, (_, column) => ranksOf(values, columns, column, comparable));
  const order = lexicographicOrder(ranks, comparable.length);
  const begins = beginsOf(ranks, order);
  const starts = new Uint32Array(begins.length + 1);
  starts.set(begins);
  starts[begins.length] = order.length;
  return {
    length: begins.length,
    columns: ranks.map((column) => begins.map((start) => column[order[start]!]!)),
    rows: order.map((at) => comparable[at]!),
    starts,
  };
}

/** Where in the order a point stands that differs from the one before. */
function beginsOf(ranks: readonly Uint32Array[], order: Uint32Array): Uint32Array {
  const begins = new Uint32Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length; at += 1) {
    if (at === 0 || ranks.some((column) => column[order[at]!] !== column[order[at - 1]!])) begins[count++] = at;
  }
  return begins.subarray(0, count);
}

function rowsWithoutNaN(values: Float64Array, columns: number): Uint32Array {
  const count = values.length / columns;
  const rows = new Uint32Array(count);
  let kept = 0;
  for (let row = 0; row < count; row += 1) {
    let known = true;
    for (let at = row * columns; at < (row + 1) * columns; at += 1) known &&= !Number.isNaN(values[at]!);
    if (known) rows[kept++] = row;
  }
  return rows.subarray(0, kept);
}

/** Which of the two words of a number holds its sign: machines differ. */
const HIGH_WORD = new Uint32Array(new Float64Array([-1]).buffer)[1] === 0 ? 0 : 1;

/** Among the values of one column in `rows`. */
function ranksOf(values: Float64Array, columns: number, column: number, rows: Uint32Array): Uint32Array {
  // 0 and -0 are one value: a sum is never -0 where one part is 0.
  const own = Float64Array.from(rows, (row) => values[row * columns + column]! + 0);
  const order = ascending(own);
  const ranks = new Uint32Array(rows.length);
  let rank = 0;
  for (let at = 0; at < order.length; at += 1) {
    if (at > 0 && own[order[at]!] !== own[order[at - 1]!]) rank += 1;
    ranks[order[at]!] = rank;
  }
  return ranks;
}

/** Places of the values, the least first. The bits of a number, read as a whole one, are in its order but for signs. */
function ascending(values: Float64Array): Uint32Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const high = new Uint32Array(values.length);
  const low = new Uint32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    // The less of two negative numbers has the greater bits; any of them is less than a positive one.
    const flip = values[at]! < 0 ? 0xffff_ffff : 0x8000_0000;
    high[at] = words[2 * at + HIGH_WORD]! ^ flip;
    low[at] = words[2 * at + 1 - HIGH_WORD]! ^ (flip === 0x8000_0000 ? 0 : flip);
  }
  return sortBy(high, sortBy(low, places(values.length)));
}

/** A stable sort by each column, the last first. */
function lexicographicOrder(columns: readonly Uint32Array[], length: number): Uint32Array {
  let order = places(length);
  for (const column of columns.toReversed()) order = sortBy(column, order);
  return order;
}

/** 0, 1, 2 and so on. */
function places(length: number): Uint32Array {
  const all = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) all[at] = at;
  return all;
}

/**
 * The same members by ascending rank; those of one rank keep their order. Digit by digit, the last first, which takes
 * time in proportion to their number.
 */
export function sortBy(ranks: Uint32Array, members: Uint32Array): Uint32Array {
  let greatest = 0;
  for (let at = 0; at < members.length; at += 1) greatest = Math.max(greatest, ranks[members[at]!]!);
  let sorted = members;
  for (let shift = 0; shift < 32 && greatest >>> shift > 0; shift += DIGIT_BITS) {
    sorted = sortByDigit(ranks, sorted, shift, Math.min(DIGIT_VALUES, (greatest >>> shift) + 1));
  }
  return sorted;
}

const DIGIT_BITS = 11;
const DIGIT_VALUES = 2 ** DIGIT_BITS;

function sortByDigit(ranks: Uint32Array, members: Uint32Array, shift: number, digits: number): Uint32Array {
  const next = new Uint32Array(digits + 1);
  for (let at = 0; at < members.length; at += 1)
    next[((ranks[members[at]!]! >>> shift) & (DIGIT_VALUES - 1)) + 1]! += 1;
  for (let digit = 1; digit < next.length; digit += 1) next[digit]! += next[digit - 1]!;
  const sorted = new Uint32Array(members.length);
  for (let at = 0; at < members.length; at += 1) {
    const member = members[at]!;
    const digit = (ranks[member]! >>> shift) & (DIGIT_VALUES - 1);
    sorted[next[digit]!] = member;
    next[digit]! += 1;
  }
  return sorted;
}
