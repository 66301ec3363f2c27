import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseArray, elementsWithin } from './iso-area.js';

const side = fc.integer({ min: 1, max: 300 });

describe('elementsWithin', () => {
  it('divides the area and drops the rest', () => {
    // 256 MACs of 326.958 hold 256 * 326.958 / 42.726 = 1959.02 of 42.726
    expect(elementsWithin(256, 326.958, 42.726)).toBe(1959);
    expect(elementsWithin(10, 3, 4)).toBe(7);
  });

  it('does not lose an element to rounding', () => {
    // 0.3 / 0.1 is 2.9999999999999996 in double precision
    expect(elementsWithin(1, 0.3, 0.1)).toBe(3);
  });
});

describe('chooseArray', () => {
  it('takes the largest array whose aspect is within a factor of 2', () => {
    // 1958 = 22 x 89 is too flat, 1957 = 19 x 103 and 1955 = 23 x 85 too, 1953 = 31 x 63 a hair (2.03); 1952 = 32 x 61.
    expect(chooseArray(1958, { rows: 16, columns: 16 })).toEqual({ rows: 32, columns: 61 });
    // 24 = 4 x 6 beats the square 4 x 5 or 5 x 4.
    expect(chooseArray(24, { rows: 3, columns: 3 })).toEqual({ rows: 4, columns: 6 });
  });

  it('prefers the nearest aspect among arrays of equal count', () => {
    // 144 elements: 12 x 12, not 9 x 16 (aspect 1.78) nor 16 x 9.
    expect(chooseArray(144, { rows: 2, columns: 2 })).toEqual({ rows: 12, columns: 12 });
    // 72 at an aspect of 2: 6 x 12, not 8 x 9 (aspect 1.125).
    expect(chooseArray(72, { rows: 4, columns: 8 })).toEqual({ rows: 6, columns: 12 });
  });

  it('falls back to a single row or column where whole numbers cannot keep the aspect', () => {
    expect(chooseArray(10, { rows: 1, columns: 100 })).toEqual({ rows: 1, columns: 10 });
    expect(chooseArray(10, { rows: 100, columns: 1 })).toEqual({ rows: 10, columns: 1 });
  });

  it('gives the reference array back for its own budget', () => {
    fc.assert(
      fc.property(side, side, (rows, columns) => {
        expect(chooseArray(rows * columns, { rows, columns })).toEqual({ rows, columns });
      }),
    );
  });

  it('stays within the budget and the aspect', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 100_000 }), (rows, columns, elements) => {
        const array = chooseArray(elements, { rows, columns });
        expect(array.rows * array.columns).toBeLessThanOrEqual(elements);
        expect(array.rows * array.columns).toBeGreaterThan(0);
        const stretch = array.columns / array.rows / (columns / rows);
        const isLine = array.rows === 1 || array.columns === 1;
        expect(isLine || (stretch >= 0.5 && stretch <= 2)).toBe(true);
      }),
    );
  });

  it('never has fewer elements on a larger budget', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 5000 }), fc.nat(500), (rows, columns, elements, more) => {
        const small = chooseArray(elements, { rows, columns });
        const large = chooseArray(elements + more, { rows, columns });
        expect(large.rows * large.columns).toBeGreaterThanOrEqual(small.rows * small.columns);
      }),
    );
  });

  it('lays out the largest budget there is', () => {
    expect(chooseArray(65_536 ** 2, { rows: 65_536, columns: 65_536 })).toEqual({ rows: 65_536, columns: 65_536 });
  });
});
