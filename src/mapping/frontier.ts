import type { Mapping } from './mapping.js';
import type { MappingPrice } from './residency/residency-problem.js';

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

/** A schedule with what it comes to at any rate of the off-chip channel. */
export interface KeptSchedule extends Schedule {
  readonly offChipBytes: number;
  /** The memory it takes. */
  readonly buffer: number;
  readonly sharedBytes: number;
  /** Tried before its turn: an equal one that the search comes upon takes its place. */
  readonly isSeed: boolean;
}

/** What a mapping comes to: what it was chosen for first, see `ObjectiveRule`. */
export interface MappingFigures {
  readonly cost: number;
  readonly tie: number;
  readonly cycles: number;
  readonly offChipBytes: number;
  /** Cost and tie as the residency search has them, once it has asked. */
  price?: MappingPrice | undefined;
}

/** A place on the frontier. */
interface Kept extends MappingFigures {
  cost: number;
  tie: number;
  cycles: number;
  offChipBytes: number;
  /** What it really takes. */
  memoryBytes: number;
  choice: KeptSchedule;
  /** Made when it is asked for. */
  mapping: Mapping | undefined;
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
  private readonly kept: Kept[] = [];
  private readonly realise: (choice: KeptSchedule, cycles: number, frontier: Frontier) => Mapping;
  /** Differences in buffers below this size are not kept: `best` answers for this size and above. */
  readonly floorBytes: number;
  /** The smallest scratchpad any mapping needs, whether it fitted or not; with a shared buffer, if none fitted. */
  smallestBufferBytes = Infinity;
  /**
   * Tile choices considered, those of them that a lower bound or their memory ruled out unpriced, and schedules of the rest
   * priced.
   */
  considered = 0;
  pruned = 0;
  priced = 0;

  /** `realise` makes a mapping of a choice when it is asked for. */
  constructor(realise: (choice: KeptSchedule, cycles: number, frontier: Frontier) => Mapping, floorBytes: number) {
    this.realise = realise;
    this.floorBytes = floorBytes;
  }

  /** Whether a mapping that takes this memory or more and is at best this good could add anything, after all so far. */
  couldImprove(memoryBytes: number, cost: number, tie: number): boolean {
    const at = this.lastWithin(Math.max(memoryBytes, this.floorBytes));
    if (at < 0) return true;
    const best = this.kept[at]!;
    if (cost !== best.cost) return cost < best.cost;
    if (tie !== best.tie) return tie < best.tie;
    const { memoryBytes: memory } = best;
    return memoryBytes < memory || (memoryBytes === memory && best.choice.isSeed);
  }

  /** Adds a mapping that `couldImprove` let through, and drops those it makes useless. */
  add(memoryBytes: number, cost: number, tie: number, cycles: number, choice: KeptSchedule): void {
    const buffer = Math.max(memoryBytes, this.floorBytes);
    const at = this.lastWithin(buffer);
    let from = at + 1;
    if (at >= 0 && this.buffers[at] === buffer) from = at;
    let until = from;
    while (until < this.buffers.length && !this.betterAt(until, cost, tie)) until += 1;
    const drop = until - from;
    replace(this.buffers, from, drop, buffer);
    // Most of what is added takes the place of something, and its record, too.
    const kept = drop > 0 ? this.kept[from]! : emptyPlace(choice);
    kept.memoryBytes = memoryBytes;
    kept.cost = cost;
    kept.tie = tie;
    kept.cycles = cycles;
    kept.offChipBytes = choice.offChipBytes;
    kept.choice = choice;
    kept.price = kept.mapping = undefined;
    replace(this.kept, from, drop, kept);
  }

  /** The best mapping whose buffers fit in `bytesPerCore` (of at least `floorBytes`); undefined when none does. */
  best(bytesPerCore: number): Mapping | undefined {
    if (bytesPerCore < this.floorBytes) throw new Error('frontier: asked below its floor');
    const at = this.lastWithin(bytesPerCore);
    return at < 0 ? undefined : this.mappingAt(at);
  }

  /** What the best mapping within `bytesPerCore` costs, without making it; undefined when none fits. */
  price(bytesPerCore: number): MappingFigures | undefined {
    if (bytesPerCore < this.floorBytes) throw new Error('frontier: asked below its floor');
    return this.kept[this.lastWithin(bytesPerCore)];
  }

  /** The schedules that were kept: what to try first in a search over the same loops. */
  schedules(): readonly Schedule[] {
    return this.kept.map(({ choice }) => choice);
  }

  all(): readonly Mapping[] {
    return this.kept.map((_, at) => this.mappingAt(at));
  }

  private mappingAt(at: number): Mapping {
    const kept = this.kept[at]!;
    return (kept.mapping ??= this.realise(kept.choice, kept.cycles, this));
  }

  private betterAt(at: number, cost: number, tie: number): boolean {
    const other = this.kept[at]!;
    return other.cost < cost || (other.cost === cost && other.tie < tie);
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

function emptyPlace(choice: KeptSchedule): Kept {
  return {
    memoryBytes: 0,
    cost: 0,
    tie: 0,
    cycles: 0,
    offChipBytes: 0,
    price: undefined,
    choice,
    mapping: undefined,
  };
}

/** In place of `drop` elements one; what splice does, which makes a list of those. */
function replace<Element>(list: Element[], at: number, drop: number, element: Element): void {
  if (drop === 0) {
    for (let to = list.length; to > at; to--) list[to] = list[to - 1]!;
  } else if (drop > 1) {
    for (let from = at + drop; from < list.length; from++) list[from - drop + 1] = list[from]!;
    list.length -= drop - 1;
  }
  list[at] = element;
}
