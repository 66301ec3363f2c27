import type { Machine } from '../arch/machine.js';
import {
  leastTileBytes,
  mappingFloors,
  objectives,
  problemKey,
  searchAtRates,
  type Frontier,
  type LayerProblem,
  type Mapping,
  type MappingFigures,
  type ObjectiveRule,
  type Schedule,
} from '../mapping/index.js';
import { LayerPricer } from '../performance/index.js';
import { LoopsMemory, type Loops } from './loops-memory.js';

/**
 * Most layers are asked for their best mapping with much of the scratchpad free. A search that need not tell apart
 * anything below half of it leaves far more unpriced. One that goes further down is made only when less is asked for, and
 * looks at nothing that takes more: it answers from its floor up to the one above.
 */
const FLOOR_FRACTIONS = [1 / 2, 3 / 8, 1 / 4, 3 / 16, 1 / 8, 3 / 32, 1 / 16, 1 / 32, 1 / 64, 0] as const;

/** The best mappings of one layer problem at each of some rates of the off-chip channel, searched for when first asked for. */
export class LayerFrontiers {
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly rates: readonly number[];
  private readonly loops: Loops;
  private readonly floors: readonly number[];
  private readonly rule: ObjectiveRule;
  private readonly pricer: LayerPricer;
  private readonly leastBytes: number;
  private least: readonly MappingFigures[] | undefined;
  /** By floor. */
  private readonly searched: (readonly Frontier[] | undefined)[] = [];

  /** `floors` descend to 0. */
  constructor(
    problem: LayerProblem,
    machine: Machine,
    rates: readonly number[],
    loops: Loops,
    floors: readonly number[],
    rule: ObjectiveRule,
  ) {
    this.problem = problem;
    this.loops = loops;
    this.machine = machine;
    this.rates = rates;
    this.floors = floors;
    this.rule = rule;
    this.pricer = new LayerPricer(problem, machine);
    this.leastBytes = leastTileBytes(problem, machine, loops.spaces);
  }

  /** A search was made that answers for so much room, or none need be made. */
  isKnown(bytesPerCore: number): boolean {
    return bytesPerCore < this.leastBytes || this.searched[this.level(bytesPerCore)] !== undefined;
  }

  /** Searches, for more room first if that was not done: it takes less time, and what it tells is often enough. */
  open(bytesPerCore: number): void {
    if (this.isKnown(bytesPerCore)) return;
    const level = this.searched[0] === undefined ? 0 : this.level(bytesPerCore);
    this.searched[level] = this.searchLevel(level);
  }

  /** What the best mapping costs whose buffers fit in `bytesPerCore`, or a floor of it while that is not known. */
  estimate(bytesPerCore: number, rate = 0): MappingFigures | undefined {
    if (bytesPerCore < this.leastBytes) return undefined;
    const frontiers = this.searched[this.level(bytesPerCore)];
    return frontiers === undefined ? this.floor(bytesPerCore, rate) : frontiers[rate]!.price(bytesPerCore);
  }

  /**
   * What no mapping whose buffers fit in `bytesPerCore` goes below, without a search: what the best takes that may have
   * more room, where that is known. `rate` here and below is a place in the list of rates.
   */
  floor(bytesPerCore: number, rate = 0): MappingFigures | undefined {
    const { problem, machine, loops, rates, floors, rule, searched, pricer } = this;
    if (bytesPerCore < this.leastBytes) return undefined;
    for (let level = this.level(bytesPerCore) - 1; level >= 0; level--) {
      const frontiers = searched[level];
      if (frontiers !== undefined) return frontiers[rate]!.price(floors[level]!);
    }
    this.least ??= mappingFloors(problem, machine, pricer, loops.spaces, rates, rule);
    return this.least[rate]!;
  }

  /** The best mapping whose buffers fit in `bytesPerCore`; undefined when none does. */
  best(bytesPerCore: number, rate = 0): Mapping | undefined {
    return bytesPerCore < this.leastBytes ? undefined : this.within(bytesPerCore)[rate]!.best(bytesPerCore);
  }

  /** What that mapping costs, without making it. */
  price(bytesPerCore: number, rate = 0): MappingFigures | undefined {
    return bytesPerCore < this.leastBytes ? undefined : this.within(bytesPerCore)[rate]!.price(bytesPerCore);
  }

  /** Bytes of scratchpad per core without which the layer cannot run at all. */
  smallestBufferBytes(): number {
    return this.search(0, Infinity)[0]!.smallestBufferBytes;
  }

  private within(bytesPerCore: number): readonly Frontier[] {
    const level = this.level(bytesPerCore);
    return (this.searched[level] ??= this.searchLevel(level));
  }

  /** The first floor that is low enough. */
  private level(bytesPerCore: number): number {
    const { floors } = this;
    let level = 0;
    while (bytesPerCore < floors[level]!) level += 1;
    return level;
  }

  private searchLevel(level: number): readonly Frontier[] {
    const { floors, loops } = this;
    const { schedules } = loops.good;
    const seeds = schedules[level] ?? schedules[0] ?? [];
    const frontiers = this.search(floors[level]!, level === 0 ? Infinity : floors[level - 1]!, seeds);
    schedules[level] = distinct(frontiers);
    return frontiers;
  }

  private search(floorBytes: number, belowBytes: number, seeds: readonly Schedule[] = []): readonly Frontier[] {
    const { loops, machine, problem, rates, rule } = this;
    const { spaces } = loops;
    return searchAtRates(problem, machine, this.pricer, rates, { rule, floorBytes, belowBytes, spaces, seeds });
  }
}

/** The schedules that were kept, each once: frontiers of one search share them. */
function distinct(frontiers: readonly Frontier[]): readonly Schedule[] {
  const schedules = new Set<Schedule>();
  for (const frontier of frontiers) for (const schedule of frontier.schedules()) schedules.add(schedule);
  return [...schedules];
}

/** What frontiers may be told beside their machine. */
export interface FrontierOptions {
  /** Bytes per cycle of the off-chip channel, instead of the machine's own. */
  readonly rates?: readonly number[];
  /** May be shared with other machines. */
  readonly memory?: LoopsMemory;
  /** The smallest scratchpad that the frontiers will be asked for; the machine's own where left out. */
  readonly smallestBytes?: number;
  /** What mappings are chosen for: the fewest cycles where left out. */
  readonly rule?: ObjectiveRule;
}

/** Layers of the same shape, bits and residency share their search. */
export class Frontiers {
  /** Bytes per cycle of the off-chip channel. */
  readonly rates: readonly number[];
  readonly rule: ObjectiveRule;
  private readonly machine: Machine;
  private readonly byProblem = new Map<string, LayerFrontiers>();
  private readonly memory: LoopsMemory;
  private readonly floors: readonly number[];

  constructor(machine: Machine, options: FrontierOptions = {}) {
    this.machine = machine;
    this.rates = options.rates ?? [machine.offChipBytesPerCycle];
    this.rule = options.rule ?? objectives.latency;
    this.memory = options.memory ?? new LoopsMemory();
    const smallestBytes = options.smallestBytes ?? machine.scratchpadBytesPerCore;
    this.floors = FLOOR_FRACTIONS.map((fraction) => Math.floor(smallestBytes * fraction));
  }

  /** `key` is that of the problem, for callers that keep it. */
  of(problem: LayerProblem, key: string = problemKey(problem)): LayerFrontiers {
    let frontiers = this.byProblem.get(key);
    if (frontiers === undefined) {
      const { machine, rates, floors, rule } = this;
      frontiers = new LayerFrontiers(problem, machine, rates, this.memory.of(problem, machine), floors, rule);
      this.byProblem.set(key, frontiers);
    }
    return frontiers;
  }
}
