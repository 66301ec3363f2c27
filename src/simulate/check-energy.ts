import type { Machine } from '../arch/machine.js';
import { AccelsimError } from '../errors.js';
import type { Objective } from '../mapping/index.js';
import { ENERGY_COMPONENTS, energyOfSums, NO_ENERGY_SUMS } from '../performance/index.js';

/** @throws AccelsimError where the machine gives no energy for some component */
export function checkEnergy(machine: Machine, objective: Objective): void {
  const energy = energyOfSums(NO_ENERGY_SUMS, machine);
  const missing = ENERGY_COMPONENTS.filter((component) => energy[component] === null);
  if (missing.length === 0) return;
  throw new AccelsimError([
    {
      source: machine.name,
      path: 'energy',
      rule: `objective ${objective} needs the energy of every component: none is given for ${missing.join(', ')}`,
      hint: 'state technologyNm and energy.table, and areas for leakage, or ask for latency',
    },
  ]);
}
