import { divideAndConquer } from './divide.js';
import { rankPoints, type RankedPoints } from './ranks.js';
import { leastOf, sweepThree, sweepTwo } from './sweep.js';

/** By number of objectives; those with more are divided. */
const BY_COLUMNS: readonly ((points: RankedPoints) => Uint8Array)[] = [leastOf, sweepTwo, sweepThree];

/**
 * The Pareto front, exact: the rows that no other dominates. One row dominates another if it is no greater in any column
 * and less in one. So equal rows are on the front together, or none of them is. A row that holds NaN can be compared with
 * none: it is not on the front and keeps no other off it. Infinite values are values.
 *
 * Takes n log n for up to three columns, and n (log n) ** (columns - 2) for more, however many of them are on the front.
 *
 * @param values by row, each the less the better
 * @returns numbers of the rows on the front, ascending
 */
export function paretoFront(values: Float64Array, columns: number): Uint32Array {
  if (!Number.isInteger(columns) || columns < 1 || values.length % columns !== 0) {
    throw new RangeError(`${values.length} values are not rows of ${columns}`);
  }
  const points = rankPoints(values, columns);
  const onFront = (BY_COLUMNS[columns - 1] ?? divideAndConquer)(points);
  const { rows, starts } = points;
  const front = new Uint32Array(rows.length);
  let count = 0;
  for (let point = 0; point < points.length; point += 1) {
    if (onFront[point] === 0) continue;
    for (let at = starts[point]!; at < starts[point + 1]!; at += 1) front[count++] = rows[at]!;
  }
  return front.slice(0, count).sort();
}
