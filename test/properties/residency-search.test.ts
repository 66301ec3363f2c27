import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NoRoom, planResidency, planWithWeightRegion, weightRegionSizes } from '../../src/mapping/index.js';
import type { ResidencyPlan, ResidencyProblem } from '../../src/mapping/index.js';
import { cheapest, costOfChoice, isCheaper, type PlanCost } from './residency-choices.test-data.js';
import { residencyProblem, tablesOf } from './residency.test-data.js';

/** What a plan says it costs, after checking that its parts agree with each other and with the capacity. */
function checkedCost(problem: ResidencyProblem, plan: ResidencyPlan): PlanCost {
  const capacity = problem.cores * problem.scratchpadBytesPerCore;
  for (const decision of plan.layers) expect(decision.occupiedBytes).toBeLessThanOrEqual(capacity);
  const weights = plan.layers.map((decision) => decision.weightsOnChip);
  const cost = {
    cycles: plan.layers.reduce((sum, { mapping }) => sum + mapping.cycles, 0),
    bytes: plan.layers.reduce((sum, { mapping }) => sum + mapping.offChipBytes, 0),
  };
  // The choices it names come to the same when they are carried out.
  expect(costOfChoice(problem, plan.readersOnChip, weights, plan.weightRegionBytes)).toEqual(cost);
  return cost;
}

describe('planResidency', () => {
  const tables = tablesOf({
    layers: 7,
    tensorBytes: 60,
    weightBytes: 40,
    bufferBytes: 60,
    scratchpads: [20, 50, 80, 120, 400],
  });

  it('finds what trying every choice finds', () => {
    fc.assert(
      fc.property(tables, (drawn) => {
        const problem = residencyProblem(drawn);
        const plan = planResidency(problem, 0, false);
        const best = cheapest(problem, 0);
        if (plan instanceof NoRoom) expect(best).toBeNull();
        else {
          expect(plan.exact).toBe(true);
          expect(checkedCost(problem, plan)).toEqual(best);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('chooses the weights of a given region as trying every subset does', () => {
    fc.assert(
      fc.property(
        tablesOf({ layers: 5, tensorBytes: 60, weightBytes: 40, bufferBytes: 60, scratchpads: [50, 80, 120, 400] }),
        fc.integer({ min: 1, max: 120 }),
        (drawn, region) => {
          const problem = residencyProblem(drawn);
          const plan = planResidency(problem, region, false);
          const best = cheapest(problem, region);
          if (plan instanceof NoRoom) expect(best).toBeNull();
          else expect(checkedCost(problem, plan)).toEqual(best);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('planWithWeightRegion', () => {
  it('finds what trying every region, subset of weights and choice of tensors finds', () => {
    const tables = tablesOf({
      layers: 4,
      tensorBytes: 2500,
      weightBytes: 2500,
      bufferBytes: 1500,
      scratchpads: [1024, 2048, 3000, 6000],
    });
    fc.assert(
      fc.property(tables, (drawn) => {
        const problem = residencyProblem(drawn);
        // What fits only with weights that stay has a test of its own (mapping/weight-region.test.ts).
        fc.pre(cheapest(problem, 0) !== null);
        const allWeightBytes = problem.layers.reduce((sum, layer) => sum + layer.weightBytes, 0);
        const capacity = problem.cores * problem.scratchpadBytesPerCore;
        let best: PlanCost | null = null;
        for (const size of weightRegionSizes(capacity, allWeightBytes)) {
          const cost = cheapest(problem, size);
          if (cost !== null && isCheaper(cost, best)) best = cost;
        }
        const plan = planWithWeightRegion(problem);
        if (plan instanceof NoRoom) expect(best).toBeNull();
        else expect(checkedCost(problem, plan)).toEqual(best);
      }),
      { numRuns: 500 },
    );
  });
});
