import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/arch/index.js';
import {
  ENERGY_COMPONENTS,
  energyOfSums,
  type EnergyPj,
  type EnergySums,
  type LayerResult,
  NO_ENERGY_SUMS,
} from '../../src/performance/index.js';
import { anyEnergy } from './energies.test-data.js';
import { machineOf } from './machines.test-data.js';
import { anyRun, simulate, type Asked } from './runs.test-data.js';

/** What each MAC takes, and what each operand that is not resident takes to cross the channel once. */
function floorPj({ macs, weightBits, activationBits, compulsoryBytes }: LayerResult, machine: Machine): EnergyPj {
  const some = macs === 0 ? [] : [{ weightBits, activationBits, macs }];
  return energyOfSums({ ...NO_ENERGY_SUMS, macs: some, offChipBytes: compulsoryBytes }, machine);
}

function forAnyRun(check: (layers: readonly LayerResult[], totals: EnergyPj, machine: Machine, asked: Asked) => void) {
  fc.assert(
    fc.property(anyRun, anyEnergy, (asked, energy) => {
      const machine = { ...machineOf(asked.sketch), energy };
      const result = simulate(asked, machine);
      fc.pre(result !== null);
      check(result.layers, result.totals.energyPj, machine, asked);
    }),
    { numRuns: 60 },
  );
}

describe('energy of any network on any machine', () => {
  it('is at least that of its MACs and of its compulsory traffic', () => {
    forAnyRun((layers, _, machine) => {
      for (const layer of layers) {
        const floor = floorPj(layer, machine);
        expect(layer.energyPj.mac).toBe(floor.mac);
        expect(layer.energyPj.offChip).toBeGreaterThanOrEqual(floor.offChip!);
        expect(layer.energyPj.total).toBeGreaterThanOrEqual(floor.mac! + floor.offChip!);
      }
    });
  });

  it('is the sum of its parts and of its layers, to the last digit and in any order', () => {
    forAnyRun((layers, totals) => {
      const sum = (of: (layer: LayerResult) => number) =>
        layers.toReversed().reduce((all, layer) => all + of(layer), 0);
      for (const { energyPj } of layers)
        expect(ENERGY_COMPONENTS.reduce((all, component) => all + energyPj[component]!, 0)).toBe(energyPj.total);
      for (const component of ENERGY_COMPONENTS)
        expect(sum((layer) => layer.energyPj[component]!)).toBe(totals[component]);
      expect(sum((layer) => layer.energyPj.total!)).toBe(totals.total);
      expect(ENERGY_COMPONENTS.toReversed().reduce((all, component) => all + totals[component]!, 0)).toBe(totals.total);
    });
  });

  it('has no part below 0', () => {
    forAnyRun((layers) => {
      for (const { energyPj } of layers)
        for (const component of ENERGY_COMPONENTS) expect(energyPj[component]).toBeGreaterThanOrEqual(0);
    });
  });
});

describe('energy of any sums', () => {
  const count = fc.nat({ max: 1e9 });
  const anySums = fc.record({
    macs: fc.array(
      fc.record({ weightBits: fc.nat(16).map((n) => n + 1), activationBits: fc.constant(8), macs: count }),
    ),
    registerBits: count,
    scratchpadBytes: count,
    sharedBufferBytes: count,
    interconnectBytes: count,
    deliveredBytes: fc.constant(2e9),
    offChipBytes: count,
    vectorOperations: count,
    cycles: count,
  });
  const amounts = [
    'registerBits',
    'scratchpadBytes',
    'sharedBufferBytes',
    'offChipBytes',
    'vectorOperations',
    'cycles',
  ] as const;

  it('never rises where less of anything moves or happens', () => {
    fc.assert(
      fc.property(
        anySums,
        anyEnergy,
        fc.constantFrom(...amounts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sums, energy, amount, part) => {
          const machine = { ...machineOf({}), energy };
          const less = { ...sums, [amount]: Math.floor(sums[amount] * part) };
          expect(energyOfSums(less, machine).total).toBeLessThanOrEqual(energyOfSums(sums, machine).total!);
        },
      ),
    );
  });

  it('is linear: twice the sums take twice the energy, to a step for each part', () => {
    fc.assert(
      fc.property(anySums, anyEnergy, (sums, energy) => {
        const machine = { ...machineOf({}), energy };
        const double = Object.fromEntries(
          Object.entries(sums).map(([name, value]) => [
            name,
            typeof value === 'number' ? 2 * value : [...value, ...value],
          ]),
        ) as unknown as EnergySums;
        const once = energyOfSums(sums, machine);
        const twice = energyOfSums(double, machine);
        for (const component of ENERGY_COMPONENTS)
          expect(Math.abs(twice[component]! - 2 * once[component]!)).toBeLessThanOrEqual(
            2 / 1024 + 1e-9 * twice[component]!,
          );
      }),
    );
  });
});
