import type { Machine } from '../arch/machine.js';
import { outputElements } from '../workload/loop-nest.js';
import { emptyCandidate, type Candidate, type Mapping, type Pricer } from './candidate.js';
import { Frontier, type Schedule, type KeptSchedule } from './frontier.js';
import { setTiles, wholeInputElements } from './geometry.js';
import { Goals } from './goals.js';
import { Hopes } from './hopes.js';
import { objectives, type Objective, type ObjectiveRule } from './objective.js';
import { secondElements, type LayerProblem } from './problem.js';
import { Schedules } from './schedules.js';
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
  const realised = new Map<KeptSchedule, Readonly<Candidate>>();
  const candidateOf = (choice: KeptSchedule): Readonly<Candidate> => {
    setTiles(candidate, problem, machine, spaces[choice.at]!, choice.g, choice.m, choice.c, choice.k);
    candidate.order = choice.order;
    candidate.doubled = choice.doubled;
    candidate.staged = choice.staged;
    pricer.bound(candidate);
    candidate.minimumEnergy = 0;
    candidate.offChipBytes = choice.offChipBytes;
    return { ...candidate };
  };
  const realise = (choice: KeptSchedule, cycles: number, { considered, pruned, priced }: Frontier): Mapping => {
    const space = spaces[choice.at]!;
    let own = realised.get(choice);
    if (own === undefined) realised.set(choice, (own = candidateOf(choice)));
    return {
      dataflow: space.dataflow?.name ?? null,
      split: space.split,
      pixelTile: space.pixels[choice.m]!,
      groupTile: space.groups[choice.g]!.size,
      channelTile: space.channels[choice.k]!.size,
      reductionTile: space.reductions[choice.c]!.size,
      order: choice.order,
      doubled: choice.doubled,
      staged: choice.staged,
      bufferBytesPerCore: choice.buffer,
      sharedBufferBytes: choice.sharedBytes,
      cycles,
      offChipBytes: choice.offChipBytes,
      search: { considered, pruned, priced },
      candidate: own,
    };
  };
  const mostBytes = machine.sharedBuffer?.bytes ?? machine.scratchpadBytesPerCore;
  const frontiers = rates.map(() => new Frontier(realise, floorBytes));
  const goals = new Goals(rates, frontiers, floorBytes, mostBytes, rule, pricer.energy, fixedEnergy);
  const schedules = new Schedules(spaces, problem, machine, pricer, candidate, goals, belowBytes);
  // Spaces with the least to compute first: good mappings found early leave more of the rest unpriced.
  const ranked = spaces.map((space, at) => {
    setTiles(candidate, problem, machine, space, 0, 0, 0, 0);
    pricer.bound(candidate);
    return { at, cycles: candidate.computeCycles };
  });
  ranked.sort((one, other) => one.cycles - other.cycles);

  /** Bounds what can come of the loops that are cut so far, however the others are cut. */
  const bound = (space: TileSpace, g: number, m: number, c: number): void => {
    setTiles(candidate, problem, machine, space, g, m, c, 0);
    pricer.boundUncut(candidate);
    if (rule.ofEnergy !== null) candidate.minimumEnergy = pricer.energy.leastUncut(candidate);
  };

  for (const seed of seeds) schedules.trySeed(seed);
  const everywhere = new Hopes(goals);
  const [inSpace, inPixels, inReduction] = [new Hopes(goals), new Hopes(goals), new Hopes(goals)];
  let considered = 0;
  for (const { at } of ranked) {
    const space = spaces[at]!;
    const { groups, pixels, reductions, channels } = space;
    const hopes = reductions.length > 1 ? inReduction : inPixels;
    const rows = reductions.length * channels.length;
    considered += groups.length * pixels.length * rows;
    const [lastReduction, lastChannel] = [reductions.length - 1, channels.length - 1];
    bound(space, 0, 0, 0);
    if (!inSpace.narrow(everywhere, candidate, 0)) continue;
    for (let g = 0; g < groups.length; g++) {
      for (let m = 0; m < pixels.length; m++) {
        const least = schedules.leastMemory(at, g, m, lastReduction, lastChannel);
        if (least >= belowBytes) continue;
        bound(space, g, m, 0);
        if (!inPixels.narrow(inSpace, candidate, least)) continue;
        for (let c = 0; c < reductions.length; c++) {
          // With one row the bound is that of its pixel tile.
          if (reductions.length > 1) {
            const leastOfRow = schedules.leastMemory(at, g, m, c, lastChannel);
            if (leastOfRow >= belowBytes) continue;
            if (c > 0) bound(space, g, m, c);
            if (!inReduction.narrow(inPixels, candidate, leastOfRow)) continue;
          }
          schedules.beginReduction(at, g, m, c);
          for (let k = 0; k < channels.length; k++) schedules.tryDoubled(hopes, at, g, m, c, k);
        }
      }
    }
  }
  schedules.trySingle();
  for (const [rate, frontier] of frontiers.entries()) {
    frontier.considered = considered;
    frontier.pruned = considered - goals.left[rate]!;
    frontier.smallestBufferBytes = schedules.smallestBufferBytes;
  }
  return frontiers;
}
