import type { Machine } from '../arch/machine.js';
import { AccelsimError } from '../errors.js';
import type { Objective } from '../mapping/index.js';
import { ENERGY_COMPONENTS, energyOfSums } from '../performance/index.js';

/** A machine without a width, which takes nothing: what is null is what its file says nothing of. */
const NOTHING = {
  macs: [],
  registerBits: 0,
  scratchpadBytes: 0,
  sharedBufferBytes: 0,
  interconnectBytes: 0,
  deliveredBytes: 0,
  offChipBytes: 0,
  vectorOperations: 0,
  cycles: 0,
};

/** @throws AccelsimError where the machine gives no energy for some component */
export function checkEnergy(machine: Machine, objective: Objective): void {
  const energy = energyOfSums(NOTHING, machine);
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
