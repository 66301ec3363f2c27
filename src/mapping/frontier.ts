import type { Mapping } from './candidate.js';

/** A tile choice: its space, by its place in the list of spaces, and its places in the lists of tiles of that space. */
export interface TileChoice {
  readonly at: number;
  readonly g: number;
  readonly m: number;
  readonly c: number;
  readonly k: number;
}

/** A tile choice with its schedule. */
export interface Schedule extends TileChoice {
  readonly order: number;
  readonly doubled: number;
  readonly staged: number;
}

/** What a mapping is told by, with its price. */
export interface ScheduleChoice extends Schedule {
  readonly cycles: number;
  readonly offChipBytes: number;
  /** The memory it takes. */
  readonly buffer: number;
  readonly sharedBytes: number;
  /** Tried before its turn: an equal one that the search comes upon takes its place. */
  readonly isSeed: boolean;
}

/**
 * The mappings of one layer that are worth keeping: none needs as little memory as another and is as good. Memory is
 * what layers compete for with the tensors that stay on chip: scratchpad, or the shared buffer where there is one.
 * Ordered by memory, so "the best that fits" is the last one that fits. Better means a lower cost, then a lower tie (see
 * `objective.ts`), then less memory, then earlier in the order of the search. So what is best within some memory does not
 * depend on what else was asked for, or on what was tried first.
 */
export class Frontier {
  /** From the floor up. */
  private readonly buffers: number[] = [];
  /** What they really take. */
  private readonly memories: number[] = [];
  private readonly costs: number[] = [];
  private readonly ties: number[] = [];
  private readonly choices: ScheduleChoice[] = [];
  private readonly mappings = new Map<ScheduleChoice, Mapping>();
  private readonly realise: (choice: ScheduleChoice, frontier: Frontier) => Mapping;
  /** Differences in buffers below this size are not kept: `best` answers for this size and above. */
  readonly floorBytes: number;
  /** The smallest scratchpad any mapping needs, whether it fitted or not; with a shared buffer, if none fitted. */
  smallestBufferBytes = Infinity;
  /** Tile choices considered, those of them that a lower bound ruled out unpriced, and schedules of the rest priced. */
  considered = 0;
  pruned = 0;
  priced = 0;

  /** `realise` makes a mapping of a choice when it is asked for. */
  constructor(realise: (choice: ScheduleChoice, frontier: Frontier) => Mapping, floorBytes: number) {
    this.realise = realise;
    this.floorBytes = floorBytes;
  }

  /** Whether a mapping that takes this memory or more and is at best this good could add anything, after all so far. */
  couldImprove(memoryBytes: number, cost: number, tie: number): boolean {
    const at = this.lastWithin(Math.max(memoryBytes, this.floorBytes));
    if (at < 0) return true;
    const best = this.costs[at]!;
    if (cost !== best) return cost < best;
    const bestTie = this.ties[at]!;
    if (tie !== bestTie) return tie < bestTie;
    const memory = this.memories[at]!;
    return memoryBytes < memory || (memoryBytes === memory && this.choices[at]!.isSeed);
  }

  /** What a mapping with this buffer may cost at most to add anything. */
  costLimit(memoryBytes: number): number {
    const at = this.lastWithin(Math.max(memoryBytes, this.floorBytes));
    return at < 0 ? Infinity : this.costs[at]!;
  }

  /** Adds a mapping that `couldImprove` let through, and drops those it makes useless. */
  add(memoryBytes: number, cost: number, tie: number, choice: ScheduleChoice): void {
    const buffer = Math.max(memoryBytes, this.floorBytes);
    const at = this.lastWithin(buffer);
    let from = at + 1;
    if (at >= 0 && this.buffers[at] === buffer) from = at;
    let until = from;
    while (until < this.buffers.length && !this.betterAt(until, cost, tie)) until += 1;
    const drop = until - from;
    this.buffers.splice(from, drop, buffer);
    this.memories.splice(from, drop, memoryBytes);
    this.costs.splice(from, drop, cost);
    this.ties.splice(from, drop, tie);
    this.choices.splice(from, drop, choice);
  }

  /** The best mapping whose buffers fit in `bytesPerCore` (of at least `floorBytes`); undefined when none does. */
  best(bytesPerCore: number): Mapping | undefined {
    if (bytesPerCore < this.floorBytes) throw new Error('frontier: asked below its floor');
    const at = this.lastWithin(bytesPerCore);
    return at < 0 ? undefined : this.mappingAt(at);
  }

  /** What the best mapping within `bytesPerCore` costs, without making it; undefined when none fits. */
  price(bytesPerCore: number): { readonly cycles: number; readonly offChipBytes: number } | undefined {
    if (bytesPerCore < this.floorBytes) throw new Error('frontier: asked below its floor');
    return this.choices[this.lastWithin(bytesPerCore)];
  }

  /** The schedules that were kept: what to try first in a search over the same loops. */
  schedules(): readonly Schedule[] {
    return this.choices;
  }

  all(): readonly Mapping[] {
    return this.choices.map((_, at) => this.mappingAt(at));
  }

  private mappingAt(at: number): Mapping {
    const choice = this.choices[at]!;
    let mapping = this.mappings.get(choice);
    if (mapping === undefined) this.mappings.set(choice, (mapping = this.realise(choice, this)));
    return mapping;
  }

  private betterAt(at: number, cost: number, tie: number): boolean {
    return this.costs[at]! < cost || (this.costs[at] === cost && this.ties[at]! < tie);
  }

  /** Position of the largest buffer of at most `bufferBytes`; -1 if there is none. By bisection. */
  private lastWithin(bufferBytes: number): number {
    const { buffers } = this;
    let low = 0;
    let high = buffers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (buffers[middle]! <= bufferBytes) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
