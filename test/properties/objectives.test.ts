import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/arch/index.js';
import { AccelsimError } from '../../src/errors.js';
import { objectiveNames, type Objective } from '../../src/mapping/index.js';
import type { NetworkResult } from '../../src/performance/index.js';
import { assignPrecision } from '../../src/precision/index.js';
import { planNetwork, simulateNetwork } from '../../src/simulate/index.js';
import { anyEnergy } from './energies.test-data.js';
import { machineOf } from './machines.test-data.js';
import { anyRun, simulate, type Asked } from './runs.test-data.js';

/** Of a result, what each objective makes as small as it can; energies in the whole quanta that searches count in. */
const figures: Record<Objective, (result: NetworkResult) => number> = {
  latency: ({ totals }) => totals.totalCycles,
  'off-chip-bytes': ({ totals }) => totals.offChipBytes.total,
  energy: ({ totals }) => 1024 * totals.energyPj.total!,
  'energy-delay': ({ totals }) => 1024 * totals.energyPj.total! * totals.totalCycles,
};

function resultsOf({ network, choice, mode }: Asked, machine: Machine): Map<Objective, NetworkResult> {
  const precision = assignPrecision(network, choice);
  return new Map(
    objectiveNames.map((name) => [name, simulateNetwork(network, precision, machine, mode, name)] as const),
  );
}

describe('objectives', () => {
  it('are each beaten by no other in their own figure', () => {
    fc.assert(
      fc.property(anyRun, anyEnergy, (asked, energy) => {
        const machine = { ...machineOf(asked.sketch), energy };
        fc.pre(simulate(asked, machine) !== null);
        const results = resultsOf(asked, machine);
        for (const [objective, result] of results) {
          expect(result.objective).toBe(objective === 'latency' ? undefined : objective);
          if (!result.residency.exact) continue;
          const figure = figures[objective];
          for (const other of results.values())
            expect(figure(result), objective).toBeLessThanOrEqual(figure(other) * (1 + 1e-12));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('cost to the last digit what the result says', () => {
    fc.assert(
      fc.property(anyRun, anyEnergy, fc.constantFrom(...objectiveNames), (asked, energy, objective) => {
        const machine = { ...machineOf(asked.sketch), energy };
        fc.pre(simulate(asked, machine) !== null);
        const { network, choice, mode } = asked;
        const precision = assignPrecision(network, choice);
        const { plan } = planNetwork(network, precision, machine, mode, objective);
        const result = simulateNetwork(network, precision, machine, mode, objective);
        expect(plan.cost).toBe(figures[objective](result));
        expect(plan.lowerBound).toBeLessThanOrEqual(plan.cost);
      }),
      { numRuns: 60 },
    );
  });

  it('of energy are refused where the machine gives no figure, all missing ones named at once', () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom<Objective>('energy', 'energy-delay'), (asked, objective) => {
        const { network, choice, mode } = asked;
        const ask = () =>
          simulateNetwork(network, assignPrecision(network, choice), machineOf(asked.sketch), mode, objective);
        expect(ask).toThrow(AccelsimError);
        expect(ask).toThrow(
          new RegExp(`objective ${objective} needs .*: none is given for mac, registers, scratchpad`),
        );
      }),
      { numRuns: 5 },
    );
  });
});
