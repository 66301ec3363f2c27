import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastProduct } from './least-product.js';
import type { ObjectiveRule } from './objective.js';

interface Point {
  readonly energy: number;
  readonly cycles: number;
}

const scattered = fc.record({ energy: fc.integer({ min: 1, max: 3000 }), cycles: fc.integer({ min: 1, max: 300 }) });
/** Products that are all much the same: nearly every point is a corner, and all stretches have to be looked into. */
const alongHyperbola = fc
  .record({ cycles: fc.integer({ min: 1, max: 300 }), share: fc.integer({ min: 950, max: 1050 }) })
  .map(({ cycles, share }): Point => ({ energy: Math.ceil((30 * share) / cycles), cycles }));
const points = fc.oneof(
  fc.array(scattered, { minLength: 1, maxLength: 60 }),
  fc.array(alongHyperbola, { minLength: 1, maxLength: 60 }),
);

function costOf({ ofEnergy }: ObjectiveRule, { energy, cycles }: Point): number {
  return ofEnergy === null ? cycles : ofEnergy(energy, cycles);
}

function bestOf(all: readonly Point[], rule: ObjectiveRule): Point {
  return all.reduce((best, point) => (costOf(rule, point) < costOf(rule, best) ? point : best));
}

function leastOf(all: readonly Point[]): number {
  return Math.min(...all.map(({ energy, cycles }) => energy * cycles));
}

describe('leastProduct', () => {
  // Between (1, 100) and (100, 1), both 100, lies (9, 9) with 81, which is best where a cycle is worth 1; below the chord
  // of these two there is nothing else.
  it('finds a corner that neither figure alone asks for', () => {
    const all = [
      { energy: 100, cycles: 1 },
      { energy: 9, cycles: 9 },
      { energy: 1, cycles: 100 },
    ];
    const found = leastProduct((rule) => {
      const point = bestOf(all, rule);
      return { plan: point, ...point, lowerBound: costOf(rule, point) };
    });
    expect(found).toMatchObject({ plan: { energy: 9, cycles: 9 }, exact: true, lowerBound: 81 });
  });

  it('finds what looking through all does, and proves it', () => {
    fc.assert(
      fc.property(points, (all) => {
        const found = leastProduct((rule) => {
          const point = bestOf(all, rule);
          return { plan: point, ...point, lowerBound: costOf(rule, point) };
        });
        expect(found.plan.energy * found.plan.cycles).toBe(leastOf(all));
        expect(found.exact).toBe(true);
        expect(found.lowerBound).toBe(leastOf(all));
      }),
      { numRuns: 1000 },
    );
  });

  it('tells apart products that differ by little', () => {
    // All within a percent of one another, each a corner or next to one.
    const close = fc
      .record({ cycles: fc.integer({ min: 100, max: 1000 }), share: fc.integer({ min: 995_000, max: 1_005_000 }) })
      .map(({ cycles, share }): Point => ({ energy: Math.ceil((1000 * share) / cycles), cycles }));
    fc.assert(
      fc.property(fc.array(close, { minLength: 20, maxLength: 60 }), (all) => {
        const found = leastProduct((rule) => {
          const point = bestOf(all, rule);
          return { plan: point, ...point, lowerBound: costOf(rule, point) };
        });
        // Where it stops before it is sure it says so.
        if (found.exact) expect(found.plan.energy * found.plan.cycles).toBe(leastOf(all));
        expect(found.lowerBound).toBeLessThanOrEqual(leastOf(all) * (1 + 1e-9));
      }),
      { numRuns: 300 },
    );
  });

  it('claims no more than bounds that are not met allow', () => {
    let inexact = 0;
    fc.assert(
      fc.property(points, fc.constantFrom(0.5, 0.9, 0.99), fc.nat({ max: 5 }), (all, share, skipped) => {
        const found = leastProduct((rule) => {
          const ranked = [...all].sort((one, other) => costOf(rule, one) - costOf(rule, other));
          const point = ranked[Math.min(skipped, ranked.length - 1)]!;
          return { plan: point, ...point, lowerBound: Math.floor(share * costOf(rule, ranked[0]!)) };
        });
        const least = leastOf(all);
        expect(found.lowerBound).toBeLessThanOrEqual(least * (1 + 1e-9));
        if (found.exact) expect(found.energy * found.cycles).toBe(least);
        else inexact += 1;
      }),
      { numRuns: 500 },
    );
    expect(inexact).toBeGreaterThan(0);
  });
});
