import type { Machine } from '../arch/machine.js';
import { outputElements } from '../workload/loop-nest.js';
import { emptyCandidate, type Mapping, type Pricer } from './candidate.js';
import { Frontier, type ScheduleChoice, type TileChoice } from './frontier.js';
import { setTiles, wholeInputElements } from './geometry.js';
import { objectives, type Objective } from './objective.js';
import { secondElements, type LayerProblem } from './problem.js';
import { Schedules } from './schedules.js';
import { tileSpaces, type TileSpace } from './tile-space.js';

/** What a search may be told beside its problem. */
export interface SearchOptions {
  readonly objective?: Objective;
  /** Differences in memory below this are not kept: tiles smaller than anyone asks for must then be good, not only small. */
  readonly floorBytes?: number;
  /** Those of the problem, for callers that keep them. */
  readonly spaces?: readonly TileSpace[];
  /** Tile choices to price first: those that were good for the same loops with other bits or another bandwidth. */
  readonly seeds?: readonly TileChoice[];
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
  { objective = 'latency', floorBytes = 0, spaces = tileSpaces(problem, machine), seeds = [] }: SearchOptions = {},
): Frontier {
  const candidate = emptyCandidate();
  candidate.secondElements = secondElements(problem);
  candidate.outputElements = outputElements(problem.nest);
  candidate.wholeInputElements = wholeInputElements(problem.nest);
  const realise = (choice: ScheduleChoice): Mapping => {
    const space = spaces[choice.at]!;
    setTiles(candidate, problem, machine, space, choice.g, choice.m, choice.c, choice.k);
    candidate.order = choice.order;
    candidate.doubled = choice.doubled;
    candidate.staged = choice.staged;
    candidate.cyclesLimit = Infinity;
    pricer.bound(candidate);
    pricer.price(candidate);
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
      cycles: candidate.cycles,
      offChipBytes: candidate.offChipBytes,
      search: { considered: frontier.considered, pruned: frontier.pruned, priced: frontier.priced },
      candidate: { ...candidate },
    };
  };
  const frontier = new Frontier(realise, floorBytes);
  const { bytesFirst } = objectives[objective];
  const schedules = new Schedules(spaces, problem, machine, pricer, candidate, frontier, bytesFirst);
  // Spaces with the least to compute first: good mappings found early leave more of the rest unpriced.
  const ranked = spaces.map((space, at) => {
    setTiles(candidate, problem, machine, space, 0, 0, 0, 0);
    pricer.bound(candidate);
    return { at, cycles: candidate.computeCycles };
  });
  ranked.sort((one, other) => one.cycles - other.cycles);

  /** Whether the loops that are cut so far leave a chance, however the others are cut. */
  const hopeful = (space: TileSpace, g: number, m: number, c: number): boolean => {
    setTiles(candidate, problem, machine, space, g, m, c, 0);
    pricer.boundUncut(candidate);
    return bytesFirst
      ? frontier.couldImprove(0, candidate.minimumBytes, candidate.minimumCycles)
      : frontier.couldImprove(0, candidate.minimumCycles, candidate.minimumBytes);
  };

  for (const choice of seeds) schedules.tryAll(choice);
  for (const { at } of ranked) {
    const space = spaces[at]!;
    const { groups, pixels, reductions, channels } = space;
    if (!hopeful(space, 0, 0, 0)) {
      const count = groups.length * pixels.length * reductions.length * channels.length;
      frontier.considered += count;
      frontier.pruned += count;
      continue;
    }
    for (let g = 0; g < groups.length; g++) {
      for (let m = 0; m < pixels.length; m++) {
        frontier.considered += reductions.length * channels.length;
        if (!hopeful(space, g, m, 0)) {
          frontier.pruned += reductions.length * channels.length;
          continue;
        }
        for (let c = 0; c < reductions.length; c++) {
          if (c > 0 && !hopeful(space, g, m, c)) {
            frontier.pruned += channels.length;
            continue;
          }
          schedules.beginReduction(at, g, m, c);
          for (let k = 0; k < channels.length; k++) schedules.tryDoubled(at, g, m, c, k);
        }
      }
    }
  }
  schedules.trySingle();
  return frontier;
}
