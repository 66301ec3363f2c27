import { MAX_ARRAY_SIDE } from './limits.js';

/** Rows and columns of one array. */
export interface ArraySize {
  readonly rows: number;
  readonly columns: number;
}

/** An array may be up to this much flatter or steeper than the reference array. */
const ASPECT_TOLERANCE = 2;

/** Elements that fit, found by division, are off by rounding errors of this size. */
const ROUNDING = 1e-12;

/** How many elements of `elementAreaUm2` the area of `referenceElements` larger or smaller ones holds. */
export function elementsWithin(referenceElements: number, referenceAreaUm2: number, elementAreaUm2: number): number {
  // A quotient that ought to be whole may come out a hair below it.
  return Math.floor(((referenceElements * referenceAreaUm2) / elementAreaUm2) * (1 + ROUNDING));
}

/** How many elements of `elementAreaUm2` fit `budgetUm2`. */
export function elementsInArea(budgetUm2: number, elementAreaUm2: number): number {
  return elementsWithin(1, budgetUm2, elementAreaUm2);
}

/**
 * The array that spends a budget of `elements` best: most elements, with columns over rows within a factor of 2 of the
 * reference array's; of equals the one nearest to its aspect, and then the one with fewer rows. Where whole rows and
 * columns cannot come that near (few elements in a long and narrow array), a single row or column.
 * At the reference budget the answer is the reference array.
 */
export function chooseArray(elements: number, reference: ArraySize): ArraySize {
  const aspect = reference.columns / reference.rows;
  let best: ArraySize | null = null;
  const mostRows = Math.floor(Math.min(MAX_ARRAY_SIDE, Math.sqrt((elements * ASPECT_TOLERANCE) / aspect)));
  for (let rows = 1; rows <= mostRows; rows += 1) {
    const columns = Math.floor(Math.min(MAX_ARRAY_SIDE, elements / rows, rows * aspect * ASPECT_TOLERANCE));
    if (columns < 1 || columns * ASPECT_TOLERANCE < rows * aspect) continue;
    const candidate = { rows, columns };
    if (best === null || compare(candidate, best, aspect) < 0) best = candidate;
  }
  if (best !== null) return best;
  const length = Math.min(MAX_ARRAY_SIDE, elements);
  return aspect >= 1 ? { rows: 1, columns: length } : { rows: length, columns: 1 };
}

/** Negative where `left` is the better array. */
function compare(left: ArraySize, right: ArraySize, aspect: number): number {
  const count = right.rows * right.columns - left.rows * left.columns;
  return count === 0 ? distance(left, aspect) - distance(right, aspect) : count;
}

/** 0 at the aspect itself, the same for twice as flat and twice as steep. */
function distance(array: ArraySize, aspect: number): number {
  return Math.abs(Math.log(array.columns / (array.rows * aspect)));
}
