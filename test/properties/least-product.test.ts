import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastProduct, NoRoom, objectives, planResidency, type ObjectiveRule } from '../../src/mapping/index.js';
import { everyCost } from './residency-choices.test-data.js';
import { tablesOf } from './residency-tables.test-data.js';
import { residencyProblem, type Tables } from './residency.test-data.js';

/** Each layer with one of its rows. */
function rowChoices({ layers }: Tables, from = 0): number[][] {
  const layer = layers[from];
  if (layer === undefined) return [[]];
  const rest = rowChoices({ layers } as Tables, from + 1);
  return layer.mappings.flatMap((_, row) => rest.map((others) => [row, ...others]));
}

/** By trying every choice of what stays with every mapping of each layer; bytes stand for energy. */
function leastBy(tables: Tables, regionBytes: number, figure: (energy: number, cycles: number) => number): number {
  let least = Infinity;
  for (const rows of rowChoices(tables))
    for (const { cycles, bytes } of everyCost({ ...tables, rows }, regionBytes))
      least = Math.min(least, figure(bytes, cycles));
  return least;
}

function planUnder(tables: Tables, regionBytes: number, rule: ObjectiveRule) {
  return planResidency(residencyProblem({ ...tables, rule }), regionBytes);
}

const small = { tensorBytes: 60, weightBytes: 40, bufferBytes: 60, scratchpads: [20, 50, 80, 120, 400] };
const anyTables = fc.tuple(tablesOf({ ...small, layers: 4 }), fc.constantFrom(0, 0, 40));

describe('planning for energy finds what trying every choice with every mapping finds', () => {
  it('the least energy', () => {
    fc.assert(
      fc.property(anyTables, ([tables, region]) => {
        const plan = planUnder(tables, region, objectives.energy);
        const least = leastBy(tables, region, (energy) => energy);
        if (plan instanceof NoRoom) expect(least).toBe(Infinity);
        else expect([plan.cost, plan.offChipBytes, plan.exact]).toEqual([least, least, true]);
      }),
      { numRuns: 200 },
    );
  });

  it('the least product of energy and cycles', () => {
    fc.assert(
      fc.property(anyTables, ([tables, region]) => {
        fc.pre(!(planUnder(tables, region, objectives.latency) instanceof NoRoom));
        const found = leastProduct((rule) => {
          const plan = planUnder(tables, region, rule);
          if (plan instanceof NoRoom) throw new Error('there was room');
          return { plan, energy: plan.offChipBytes, cycles: plan.cycles, lowerBound: plan.lowerBound };
        });
        const least = leastBy(tables, region, (energy, cycles) => energy * cycles);
        expect(found.energy * found.cycles).toBe(least);
        expect(found.exact).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
