import type { Machine } from '../arch/machine.js';
import {
  mappingFloor,
  problemKey,
  searchMappings,
  type Frontier,
  type LayerProblem,
  type Mapping,
  type MappingPrice,
} from '../mapping/index.js';
import { LayerPricer } from '../performance/index.js';
import { LoopsMemory, type Loops } from './loops-memory.js';

/**
 * Most layers are asked for their best mapping with much of the scratchpad free. A search that need not tell apart
 * anything below an eighth of it leaves far more unpriced; the full one is made only when less is asked for.
 */
const FLOOR_FRACTION = 1 / 8;

/** The best mappings of one layer problem, searched for when they are first asked for. */
export class LayerFrontiers {
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly loops: Loops;
  private readonly floorBytes: number;
  private least: MappingPrice | undefined;
  private roomy: Frontier | undefined;
  private full: Frontier | undefined;

  constructor(problem: LayerProblem, machine: Machine, loops: Loops, floorBytes: number) {
    this.problem = problem;
    this.loops = loops;
    this.machine = machine;
    this.floorBytes = floorBytes;
  }

  /** A search was made, so that prices are at hand. */
  get isSearched(): boolean {
    return this.roomy !== undefined || this.full !== undefined;
  }

  /** What no mapping goes below, without a search. */
  floor(): MappingPrice {
    const { problem, machine, loops } = this;
    this.least ??= mappingFloor(problem, machine, new LayerPricer(problem, machine), loops.spaces);
    return this.least;
  }

  /** The best mapping whose buffers fit in `bytesPerCore`; undefined when none does. */
  best(bytesPerCore: number): Mapping | undefined {
    return this.within(bytesPerCore).best(bytesPerCore);
  }

  /** What that mapping costs, without making it. */
  price(bytesPerCore: number): { readonly cycles: number; readonly offChipBytes: number } | undefined {
    return this.within(bytesPerCore).price(bytesPerCore);
  }

  /** Bytes of scratchpad per core without which the layer cannot run at all. */
  smallestBufferBytes(): number {
    return this.whole().smallestBufferBytes;
  }

  private within(bytesPerCore: number): Frontier {
    if (bytesPerCore < this.floorBytes) return this.whole();
    return (this.roomy ??= this.search(this.floorBytes));
  }

  private whole(): Frontier {
    this.full ??= this.search(0);
    return this.full;
  }

  private search(floorBytes: number): Frontier {
    const { loops, machine, problem } = this;
    const pricer = new LayerPricer(problem, machine);
    const { spaces, good } = loops;
    const frontier = searchMappings(problem, machine, pricer, { floorBytes, spaces, seeds: good.choices });
    good.choices = frontier.tileChoices();
    return frontier;
  }
}

/** Layers of the same shape, bits and residency share their search. */
export class Frontiers {
  private readonly machine: Machine;
  private readonly byProblem = new Map<string, LayerFrontiers>();
  private readonly memory: LoopsMemory;
  private readonly floorBytes: number;

  /**
   * `memory` may be shared with other machines of the same dataflows. `smallestBytes` is the smallest scratchpad that the
   * frontiers will be asked for; the machine's own where left out.
   */
  constructor(machine: Machine, memory = new LoopsMemory(), smallestBytes = machine.scratchpadBytesPerCore) {
    this.machine = machine;
    this.memory = memory;
    this.floorBytes = Math.floor(smallestBytes * FLOOR_FRACTION);
  }

  /** `key` is that of the problem, for callers that keep it. */
  of(problem: LayerProblem, key: string = problemKey(problem)): LayerFrontiers {
    let frontiers = this.byProblem.get(key);
    if (frontiers === undefined) {
      frontiers = new LayerFrontiers(problem, this.machine, this.memory.of(problem, this.machine), this.floorBytes);
      this.byProblem.set(key, frontiers);
    }
    return frontiers;
  }
}
