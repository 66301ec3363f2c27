import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paretoFront } from './index.js';

/** The definition: of each row, whether another one dominates it. */
function byDefinition(values: Float64Array, columns: number): number[] {
  const rows = Array.from({ length: values.length / columns }, (_, row) =>
    values.subarray(row * columns, (row + 1) * columns),
  );
  const comparable = (row: Float64Array): boolean => !row.some(Number.isNaN);
  const dominates = (one: Float64Array, other: Float64Array): boolean =>
    comparable(one) && one.every((value, at) => value <= other[at]!) && one.some((value, at) => value < other[at]!);
  return [...rows.keys()].filter((at) => comparable(rows[at]!) && !rows.some((row) => dominates(row, rows[at]!)));
}

/** Repeatable numbers 0..1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** On a plane on which no point dominates another, but for noise. */
function antiCorrelated(count: number, columns: number, noise: number): Float64Array {
  const random = randomFrom(count + columns);
  const rows = Array.from({ length: count }, () => {
    const parts = Array.from({ length: columns }, () => -Math.log(1 - random()));
    const sum = parts.reduce((total, part) => total + part, 0) * (1 - noise * random());
    return parts.map((part) => part / sum);
  });
  return Float64Array.from(rows.flat());
}

describe('the Pareto front', () => {
  it('of one objective is its least value', () => {
    expect([...paretoFront(Float64Array.of(3, 1, 2, 1), 1)]).toEqual([1, 3]);
  });

  it('of two leaves out what is no better anywhere and worse somewhere', () => {
    // (1, 4), (2, 2), (4, 1) trade one for the other; (2, 3) loses to (2, 2), and (4, 2) to (2, 2).
    expect([...paretoFront(Float64Array.of(4, 2, 1, 4, 2, 3, 2, 2, 4, 1), 2)]).toEqual([1, 3, 4]);
  });

  it('holds equal rows together', () => {
    expect([...paretoFront(Float64Array.of(1, 2, 2, 2, 1, 2, 2, 1, 2, 2), 2)]).toEqual([0, 2, 3]);
  });

  it('leaves out rows with NaN, and lets them judge none', () => {
    // (0, NaN) would keep (1, 5) off in the first objective.
    expect([...paretoFront(Float64Array.of(0, Number.NaN, 1, 5, Number.NaN, Number.NaN), 2)]).toEqual([1]);
  });

  it('takes infinite values as values, and 0 and -0 as one', () => {
    expect([...paretoFront(Float64Array.of(Infinity, 1, Infinity, 2, -Infinity, 3), 2)]).toEqual([0, 2]);
    expect([...paretoFront(Float64Array.of(0, 1, -0, 1, -0, 2), 2)]).toEqual([0, 1]);
  });

  it('of nothing is nothing', () => {
    expect([...paretoFront(new Float64Array(0), 3)]).toEqual([]);
  });

  it('refuses a length that is not whole rows', () => {
    expect(() => paretoFront(new Float64Array(5), 2)).toThrow('5 values are not rows of 2');
    expect(() => paretoFront(new Float64Array(0), 0)).toThrow(RangeError);
  });

  it.each([1, 2, 3, 4, 5, 6])('is what the definition says, %i objectives', (columns) => {
    // Few values, so that there are ties, equal rows and long runs of either.
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-0, 0.5, Infinity, -Infinity, Number.NaN));
    const rows = fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { maxLength: 250 });
    fc.assert(
      fc.property(rows, (table) => {
        const values = Float64Array.from(table.flat());
        expect([...paretoFront(values, columns)]).toEqual(byDefinition(values, columns));
      }),
    );
  });

  it.each([2, 3, 4, 5, 6])('is what the definition says, where most points are on it, %i objectives', (columns) => {
    for (const noise of [0, 0.02, 0.4]) {
      const values = antiCorrelated(1200, columns, noise);
      expect([...paretoFront(values, columns)]).toEqual(byDefinition(values, columns));
    }
  });

  it.each([3, 4, 5])('is what the definition says, where a column has few values, %i objectives', (columns) => {
    const values = antiCorrelated(1000, columns, 0.3).map((value, at) =>
      at % columns === 1 || at % columns === columns - 2 ? Math.round(8 * value) : value,
    );
    expect([...paretoFront(values, columns)]).toEqual(byDefinition(values, columns));
  });
});
