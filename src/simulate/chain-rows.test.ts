import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestOf } from '../../test/properties/problems.test-data.js';
import { touchedAlongAxis, type LoopNest } from '../workload/index.js';
import { firstInputRow, inputRowsUntil, nestOfRows } from './chain-rows.js';

/** A window of 3 rows at stride 1 with a row of padding above and below 8 rows. */
const padded = nestOf({ outputRows: 8, inputRows: 8, kernelRows: 3, paddingTop: 1 });

describe('rows of a layer', () => {
  it('are what its windows cover, without padding', () => {
    // Rows 2 and 3 out touch rows 1 to 4; row 0 touches 0 and 1; row 7 touches 6 and 7.
    expect(firstInputRow(padded, 2)).toBe(1);
    expect(inputRowsUntil(padded, 4)).toBe(5);
    expect(firstInputRow(padded, 0)).toBe(0);
    expect(inputRowsUntil(padded, 1)).toBe(2);
    expect(inputRowsUntil(padded, 8)).toBe(8);
  });

  it('are a layer of fewer rows', () => {
    expect(nestOfRows(padded, { from: 0, until: 3 })).toMatchObject({ outputRows: 3, inputRows: 4, paddingTop: 1 });
    expect(nestOfRows(padded, { from: 3, until: 6 })).toMatchObject({ outputRows: 3, inputRows: 5, paddingTop: 0 });
    expect(nestOfRows(padded, { from: 6, until: 8 })).toMatchObject({ outputRows: 2, inputRows: 3, paddingTop: 0 });
  });

  it('are none where only padding is touched', () => {
    const above = nestOf({ outputRows: 4, inputRows: 2, kernelRows: 1, paddingTop: 2 });
    expect(nestOfRows(above, { from: 0, until: 2 })).toBeUndefined();
    expect(nestOfRows(above, { from: 0, until: 3 })).toMatchObject({ inputRows: 1, paddingTop: 2 });
  });

  it('touch the same inputs as in the whole layer', () => {
    const draw = fc.record({
      rows: fc.integer({ min: 1, max: 12 }),
      kernelRows: fc.integer({ min: 1, max: 4 }),
      strideRows: fc.integer({ min: 1, max: 3 }),
      dilationRows: fc.integer({ min: 1, max: 2 }),
      paddingTop: fc.integer({ min: 0, max: 3 }),
      less: fc.integer({ min: 0, max: 3 }),
      cut: fc.tuple(fc.nat(), fc.nat()),
    });
    fc.assert(
      fc.property(draw, ({ rows, paddingTop, less, cut, ...window }) => {
        const span = (rows - 1) * window.strideRows + (window.kernelRows - 1) * window.dilationRows + 1;
        const nest = nestOf({
          ...window,
          outputRows: rows,
          paddingTop,
          inputRows: Math.max(1, span - paddingTop - less),
        });
        const [from, until] = cut.map((at) => at % (rows + 1)).sort((a, b) => a - b) as [number, number];
        fc.pre(from < until);
        const part = nestOfRows(nest, { from, until });
        const whole = touched(nest, from, until);
        if (part === undefined) expect(whole).toBe(0);
        else expect(touched(part, 0, until - from)).toBe(whole);
      }),
      { numRuns: 500 },
    );
  });
});

function touched(nest: LoopNest, from: number, until: number): number {
  const { strideRows, kernelRows, dilationRows, paddingTop, inputRows } = nest;
  return touchedAlongAxis(from, until, strideRows, kernelRows, dilationRows, paddingTop, inputRows);
}
