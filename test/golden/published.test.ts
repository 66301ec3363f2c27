import { describe, expect, it } from 'vitest';
import { energyRows } from './energy.test-data.js';
import { goldenRows, type GoldenRow } from './published.test-data.js';

function holds({ relation, expected, tolerance }: GoldenRow, measured: number): boolean {
  const slack = Math.abs(expected) * tolerance;
  return relation === 'at-least' ? measured >= expected - slack : Math.abs(measured - expected) <= slack;
}

describe('published numbers', () => {
  it.each([...goldenRows, ...energyRows])('$what ($source)', (row) => {
    const measured = row.measure();
    const told = `${row.what}: ${measured}, published ${row.expected} within ${row.tolerance * 100} %`;
    if (row.status === 'enforced') expect(holds(row, measured), told).toBe(true);
    else expect(holds(row, measured), `${told}. The gap has closed: make the row "enforced"`).toBe(false);
  });

  it('are told from numbers that are off', () => {
    const floor: GoldenRow = { ...goldenRows[0]!, expected: 100, tolerance: 0.01, relation: 'at-least' };
    expect([98, 99, 500].map((measured) => holds(floor, measured))).toEqual([false, true, true]);
    const equal: GoldenRow = { ...floor, relation: 'equal' };
    expect([98, 99, 101, 102].map((measured) => holds(equal, measured))).toEqual([false, true, true, false]);
  });
});
