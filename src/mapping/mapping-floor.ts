import type { Machine } from '../arch/machine.js';
import { outputElements } from '../workload/loop-nest.js';
import { emptyCandidate, minimumCyclesAt } from './candidate.js';
import type { Pricer } from './pricer.js';
import type { MappingFigures } from './frontier.js';
import { setTiles, wholeInputElements } from './geometry.js';
import { Goals } from './goals.js';
import { objectives, type ObjectiveRule } from './objective.js';
import { secondElements, type LayerProblem } from './problem.js';
import type { TileSpace } from './tile-space.js';

/**
 * What no mapping of a layer goes below, in each figure, at each rate of the off-chip channel: the least that uncut loops
 * can come to over all spaces. Takes a thousandth of the time of a search.
 */
export function mappingFloors(
  problem: LayerProblem,
  machine: Machine,
  pricer: Pricer,
  spaces: readonly TileSpace[],
  rates: readonly number[],
  rule: ObjectiveRule = objectives.latency,
): readonly MappingFigures[] {
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  candidate.wholeInputElements = wholeInputElements(problem.nest);
  const goals = new Goals(rates, [], 0, 0, rule, pricer.energy, 0);
  const cycles = rates.map(() => Infinity);
  const costs = rates.map(() => Infinity);
  let offChipBytes = Infinity;
  for (const space of spaces) {
    setTiles(candidate, problem, machine, space, 0, 0, 0, 0);
    pricer.boundUncut(candidate);
    const energy = rule.ofEnergy === null ? 0 : pricer.energy.leastUncut(candidate);
    for (let at = 0; at < rates.length; at++) {
      const least = minimumCyclesAt(candidate, rates[at]!);
      cycles[at] = Math.min(cycles[at]!, least);
      costs[at] = Math.min(costs[at]!, goals.cost(least, candidate.minimumBytes, energy));
    }
    offChipBytes = Math.min(offChipBytes, candidate.minimumBytes);
  }
  return cycles.map((least, at) => ({
    cost: costs[at]!,
    tie: goals.tie(least, offChipBytes),
    cycles: least,
    offChipBytes,
  }));
}
