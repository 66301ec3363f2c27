import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChoiceProblem, keepsBudgets, sumOf } from './choice-problem.js';
import { chooseOptions } from './multiple-choice.js';
import { relax } from './multipliers.js';

/** Every choice, one after the other. */
function bruteForce(problem: ChoiceProblem): number | undefined {
  let best: number | undefined;
  const options: number[] = [];
  const visit = (item: number): void => {
    if (item === problem.costs.length) {
      const cost = sumOf(problem.costs, options);
      if (keepsBudgets(problem, options) && (best === undefined || cost < best)) best = cost;
      return;
    }
    for (const option of problem.costs[item]!.keys()) {
      options[item] = option;
      visit(item + 1);
    }
  };
  visit(0);
  return best;
}

/** Whole numbers, many of them equal, so that ties and tight budgets occur. */
const problems: fc.Arbitrary<ChoiceProblem> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
    budgets: fc.integer({ min: 0, max: 3 }),
    most: fc.constantFrom(3, 20, 1000),
  })
  .chain(({ sizes, budgets, most }) => {
    const table = fc.tuple(
      ...sizes.map((size) => fc.array(fc.integer({ min: 0, max: most }), { minLength: size, maxLength: size })),
    );
    const budget = fc.record({ limit: fc.integer({ min: 0, max: most * sizes.length }), uses: table });
    return fc.record({ costs: table, budgets: fc.array(budget, { minLength: budgets, maxLength: budgets }) });
  });

describe('the choice of options', () => {
  it('is as cheap as the best of all, within every budget', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const found = chooseOptions(problem);
        expect(found?.cost).toBe(bruteForce(problem));
        if (found === undefined) return;
        expect(keepsBudgets(problem, found.options)).toBe(true);
        expect(sumOf(problem.costs, found.options)).toBe(found.cost);
        expect(found).toMatchObject({ exact: true, lowerBound: found.cost });
      }),
      { numRuns: 400 },
    );
  });

  it('is the one that was known where only dearer ones are left', () => {
    // 3 + 3 + 0 is as cheap as can be: 3 + 2 + 0 and 3 + 0 + 0 use 6 and 9 of the first budget. Its bound is its cost, so that
    // the programme drops it, but not all that cost more and leave something of the second budget.
    const problem: ChoiceProblem = {
      costs: [
        [3, 4],
        [2, 3, 0],
        [0, 4, 2],
      ],
      budgets: [
        {
          limit: 5,
          uses: [
            [3, 3],
            [1, 0, 4],
            [2, 2, 0],
          ],
        },
        {
          limit: 6,
          uses: [
            [1, 2],
            [4, 1, 0],
            [2, 1, 3],
          ],
        },
      ],
    };
    expect(chooseOptions(problem)).toEqual({ options: [0, 1, 0], cost: 6, lowerBound: 6, exact: true });
  });

  it('is bounded from below by the relaxation', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const best = bruteForce(problem);
        if (best !== undefined) expect(relax(problem).lowerBound).toBeLessThanOrEqual(best + 1e-9);
      }),
    );
  });

  it('takes the cheap of two items by hand', () => {
    // Narrow (option 1) saves 10 and 6 and uses 5 and 2; with 6 to spend only one can be narrow, and with 2 the second.
    const problem = (limit: number): ChoiceProblem => ({
      costs: [
        [20, 10],
        [20, 14],
      ],
      budgets: [
        {
          limit,
          uses: [
            [0, 5],
            [0, 2],
          ],
        },
      ],
    });
    expect([7, 6, 5, 4, 1].map((limit) => chooseOptions(problem(limit))?.options)).toEqual([
      [1, 1],
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it('stays exact with sixty items of real-valued uses', () => {
    // A convex trade: each halving of bits saves half the cost and loses four times as much.
    const items = Array.from({ length: 60 }, (_, item) => 1000 + ((item * 7919) % 977));
    const costs = items.map((size) => [size, size / 2, size / 4]);
    const uses = items.map((size) => [0.001, 0.004, 0.016].map((loss) => loss * Math.sqrt(size)));
    const found = chooseOptions({ costs, budgets: [{ limit: 20, uses }] })!;
    expect(found.exact).toBe(true);
    expect(found.cost).toBeGreaterThanOrEqual(relax({ costs, budgets: [{ limit: 20, uses }] }).lowerBound - 1e-6);
  });
});
