import { PrefixMinima } from './prefix-minima.js';
import { sortBy, type RankedPoints } from './ranks.js';

/** Points of which each is compared with each: less than cutting them in halves would take. */
const FEW_POINTS = 48;
/** The same for pairs of two sets. */
const FEW_PAIRS = 4096;

/**
 * Four objectives and more, by halves (H. T. Kung, F. Luccio, F. P. Preparata, "On finding the maxima of a set of
 * vectors", 1975): the front of the first half in the order of the first objective, then those of the second half that
 * it leaves, then the front of these. What is left of the first half dominates as much as all of it.
 */
export function divideAndConquer(points: RankedPoints): Uint8Array {
  const onFront = new Uint8Array(points.length).fill(1);
  const { columns } = points;
  const conquer = (from: number, to: number): void => {
    if (to - from <= FEW_POINTS) {
      strikeWithin(columns, onFront, from, to);
      return;
    }
    const middle = (from + to) >>> 1;
    conquer(from, middle);
    strike(columns, onFront, standing(onFront, from, middle), standing(onFront, middle, to), 1);
    conquer(middle, to);
  };
  conquer(0, points.length);
  return onFront;
}

type Columns = readonly Uint32Array[];

function strikeWithin(columns: Columns, onFront: Uint8Array, from: number, to: number): void {
  for (let at = from + 1; at < to; at += 1) {
    for (let before = from; before < at && onFront[at] === 1; before += 1) {
      if (onFront[before] === 1 && noGreater(columns, before, at, 1)) onFront[at] = 0;
    }
  }
}

/** Strikes those of `judged` for which one of `judges` is no greater in any column from `first` on. */
function strike(columns: Columns, onFront: Uint8Array, judges: Uint32Array, judged: Uint32Array, first: number): void {
  if (judges.length * judged.length <= FEW_PAIRS) {
    for (const at of judged) if (judges.some((judge) => noGreater(columns, judge, at, first))) onFront[at] = 0;
  } else if (columns.length - first === 3) {
    strikeBySweep(columns.slice(first), onFront, judges, judged);
  } else {
    strikeByHalves(columns, onFront, judges, judged, first);
  }
}

/** Cuts both sets at a rank of the column: across the cut it is decided, so that one column fewer is left to look at. */
function strikeByHalves(
  columns: Columns,
  onFront: Uint8Array,
  judges: Uint32Array,
  judged: Uint32Array,
  first: number,
): void {
  const ranks = columns[first]!;
  const all = new Uint32Array(judges.length + judged.length);
  for (const [at, member] of judges.entries()) all[at] = ranks[member]!;
  for (const [at, member] of judged.entries()) all[judges.length + at] = ranks[member]!;
  all.sort();
  const last = all.at(-1)!;
  if (all[0] === last) {
    strike(columns, onFront, judges, judged, first + 1);
    return;
  }
  // The last rank of the lower half, which is never all.
  const middle = all[(all.length - 1) >>> 1]!;
  const cut = middle < last ? middle : all[all.indexOf(last) - 1]!;
  const lower = (at: number): boolean => ranks[at]! <= cut;
  const upper = (at: number): boolean => ranks[at]! > cut;
  const lowerJudges = judges.filter(lower);
  strike(columns, onFront, lowerJudges, judged.filter(lower), first);
  const upperJudged = judged.filter(upper);
  strike(columns, onFront, lowerJudges, upperJudged, first + 1);
  const left = upperJudged.filter((at) => onFront[at] === 1);
  strike(columns, onFront, judges.filter(upper), left, first);
}

/** Three columns: along the first, with the least of the third up to each rank of the second. */
function strikeBySweep(
  [along, second, third]: Columns,
  onFront: Uint8Array,
  judges: Uint32Array,
  judged: Uint32Array,
): void {
  const placeOf = placesAlong(second!, judges, judged);
  // Judges stand before all judged, both in ascending order.
  const base = judges[0]!;
  const judgesAlong = sortBy(along!, judges);
  const minima = new PrefixMinima(judges.length);
  let next = 0;
  for (const at of sortBy(along!, judged)) {
    for (; next < judgesAlong.length && along![judgesAlong[next]!]! <= along![at]!; next += 1) {
      const judge = judgesAlong[next]!;
      minima.put(placeOf[judge - base]!, third![judge]!);
    }
    if (minima.least(placeOf[at - base]! - 1) <= third![at]!) onFront[at] = 0;
  }
}

/**
 * For each judge its place among the judges in the order of the ranks, for each judged how many judges are no greater; by
 * the point's number, counted from the first judge.
 */
function placesAlong(ranks: Uint32Array, judges: Uint32Array, judged: Uint32Array): Uint32Array {
  const inOrder = sortBy(ranks, judges);
  const base = judges[0]!;
  const placeOf = new Uint32Array(judged.at(-1)! - base + 1);
  for (let place = 0; place < inOrder.length; place += 1) placeOf[inOrder[place]! - base] = place;
  let count = 0;
  for (const at of sortBy(ranks, judged)) {
    while (count < inOrder.length && ranks[inOrder[count]!]! <= ranks[at]!) count += 1;
    placeOf[at - base] = count;
  }
  return placeOf;
}

function noGreater(columns: Columns, one: number, other: number, first: number): boolean {
  for (let column = first; column < columns.length; column += 1) {
    if (columns[column]![one]! > columns[column]![other]!) return false;
  }
  return true;
}

function standing(onFront: Uint8Array, from: number, to: number): Uint32Array {
  const members = new Uint32Array(to - from);
  let count = 0;
  for (let at = from; at < to; at += 1) if (onFront[at] === 1) members[count++] = at;
  return members.subarray(0, count);
}
