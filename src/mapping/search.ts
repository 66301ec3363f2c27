import type { Machine } from '../arch/machine.js';
import { outputElements } from '../workload/loop-nest.js';
import { emptyCandidate } from './candidate.js';
import type { Pricer } from './pricer.js';
import { Frontier, type Schedule } from './frontier.js';
import { setTiles, wholeInputElements } from './geometry.js';
import { Goals } from './goals.js';
import { objectives, type Objective, type ObjectiveRule } from './objective.js';
import { secondElements, type LayerProblem } from './problem.js';
import { Realiser } from './realiser.js';
import { Schedules } from './schedules.js';
import { SpaceWalk } from './space-walk.js';
import { tileSpaces, type TileSpace } from './tile-space.js';

/** What a search may be told beside its problem. */
export interface SearchOptions {
  readonly objective?: Objective;
  /** In place of one by name. */
  readonly rule?: ObjectiveRule;
  /** Quanta of energy that every mapping takes: MACs, registers, vector operations. They tell in a product alone. */
  readonly fixedEnergy?: number;
  /** Differences in memory below this are not kept: tiles smaller than anyone asks for must then be good, not only small. */
  readonly floorBytes?: number;
  /** Only mappings that take less memory than this are looked for: for those that take more another search has answered. */
  readonly belowBytes?: number;
  /** Those of the problem, for callers that keep them. */
  readonly spaces?: readonly TileSpace[];
  /** Schedules to price first: those that were good for the same loops with other bits or another bandwidth. */
  readonly seeds?: readonly Schedule[];
}

/**
 * Every mapping of the stated space (core split x dataflow x tile sizes x loop order x double buffering, x what is
 * staged in a shared buffer) is considered; what is kept is, for each amount of memory from `floorBytes`, the best one.
 * A tile choice is left unpriced only when a mapping already kept needs no more memory (or no more than the floor) and is
 * at least as good as the choice's lower bound, so nothing that could be an answer is lost.
 */
export function searchMappings(
  problem: LayerProblem,
  machine: Machine,
  pricer: Pricer,
  options: SearchOptions = {},
): Frontier {
  return searchAtRates(problem, machine, pricer, [machine.offChipBytesPerCycle], options)[0]!;
}

/**
 * The same on machines that differ in their off-chip channel alone, with so many bytes per cycle each: tiles, bytes and
 * cycles of the array are worked out once for all of them. A frontier for each.
 */
export function searchAtRates(
  problem: LayerProblem,
  machine: Machine,
  pricer: Pricer,
  rates: readonly number[],
  options: SearchOptions = {},
): readonly Frontier[] {
  const { objective = 'latency', floorBytes = 0, belowBytes = Infinity, fixedEnergy = 0, seeds = [] } = options;
  const { spaces = tileSpaces(problem, machine), rule = objectives[objective] } = options;
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  candidate.wholeInputElements = wholeInputElements(problem.nest);
  const { realise } = new Realiser(problem, machine, pricer, spaces, candidate);
  const mostBytes = machine.sharedBuffer?.bytes ?? machine.scratchpadBytesPerCore;
  const frontiers: Frontier[] = [];
  for (let rate = 0; rate < rates.length; rate++) frontiers.push(new Frontier(realise, floorBytes));
  const goals = new Goals(rates, frontiers, floorBytes, mostBytes, rule, pricer.energy, fixedEnergy);
  const schedules = new Schedules(spaces, problem, machine, pricer, candidate, goals, belowBytes);
  const walk = new SpaceWalk(problem, machine, pricer, candidate, goals, schedules, belowBytes);
  // Spaces with the least to compute first: good mappings found early leave more of the rest unpriced.
  const ranked = spaces.map((space, at) => {
    setTiles(candidate, problem, machine, space, 0, 0, 0, 0);
    pricer.bound(candidate);
    return { at, cycles: candidate.computeCycles };
  });
  ranked.sort((one, other) => one.cycles - other.cycles);
  for (const seed of seeds) schedules.trySeed(seed);
  for (const { at } of ranked) walk.through(spaces[at]!, at);
  schedules.trySingle();
  for (let rate = 0; rate < rates.length; rate++) {
    const frontier = frontiers[rate]!;
    frontier.considered = walk.considered;
    frontier.pruned = walk.considered - goals.left[rate]!;
    frontier.smallestBufferBytes = schedules.smallestBufferBytes;
  }
  return frontiers;
}
