import type { Machine } from '../arch/machine.js';
import { AccelsimError, failure } from '../errors.js';
import { objectiveNames, objectives, type Objective, type ObjectiveRule } from '../mapping/index.js';
import { ENERGY_COMPONENTS, energyOfSums, NO_ENERGY_SUMS } from '../performance/index.js';

/**
 * What mappings are chosen by for an objective.
 * @throws AccelsimError when the objective is none, or the machine gives no energy that it asks for
 */
export function objectiveRule(objective: Objective, machine: Machine): ObjectiveRule {
  if (!objectiveNames.includes(objective))
    throw failure('objective', '', `must be one of ${objectiveNames.join(', ')}`, objective);
  const rule: ObjectiveRule = objectives[objective];
  if (rule.ofEnergy !== null) checkEnergy(machine, objective);
  return rule;
}

/** @throws AccelsimError where the machine gives no energy for some component */
function checkEnergy(machine: Machine, objective: Objective): void {
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
