import type { Mapping } from '../mapping.js';
import type { Piece } from './residency-plan.js';
import type { ResidencyGraph } from './residency-graph.js';

/**
 * What a plan is chosen by, in whole numbers: what counts first, and what decides between equals. Named for the objective
 * `latency`; of another its cost stands in place of cycles, and its tie in place of bytes.
 */
export interface MappingPrice {
  readonly cycles: number;
  readonly offChipBytes: number;
}

/** The best mappings of one step in one variant. More room is never slower. */
export interface MappingChoices {
  /** Mappings within the free bytes of one memory were looked for before, so that the price is at hand. */
  isKnown(freeBytes: number): boolean;
  /** The price where it is known, else without looking for mappings a floor of it; undefined when it is known that none fits. */
  estimate(freeBytes: number): MappingPrice | undefined;
  /** Comes closer to what is known within the free bytes, and in the end to it: does what takes the least time first. */
  open(freeBytes: number): void;
  /** What the best mapping within the free bytes of one memory costs; undefined when nothing fits. */
  price(freeBytes: number): MappingPrice | undefined;
  /** The same in full. */
  best(freeBytes: number): readonly Piece[] | undefined;
}

/** The memory in which tensors stay, spread evenly over its banks: the cores' scratchpads, or one buffer they share. */
export interface ResidencyMemory {
  readonly banks: number;
  readonly bytesPerBank: number;
  /** Bytes of all banks that the tiles of a mapping take. */
  tileBytes(mapping: Mapping): number;
}

const LISTED_VARIANTS = 1024;

/** Choices that were asked for, by step and variant; of a step of very many variants the high ones are in a map. */
interface KnownChoices {
  readonly listed: (MappingChoices | undefined)[][];
  readonly more: Map<string, MappingChoices>;
}

/** A compiled network on one machine. */
export class ResidencyProblem {
  readonly graph: ResidencyGraph;
  readonly memory: ResidencyMemory;
  private readonly choicesOf: (step: number, variant: number) => MappingChoices;
  private readonly known: KnownChoices;
  private allOpen = false;

  /** `choicesOf` is asked once for each variant of a step, by the number the step's `variants` give it. */
  constructor(
    graph: ResidencyGraph,
    memory: ResidencyMemory,
    choicesOf: (step: number, variant: number) => MappingChoices,
    known: KnownChoices = { listed: graph.steps.map(() => []), more: new Map() },
  ) {
    this.graph = graph;
    this.memory = memory;
    this.choicesOf = choicesOf;
    this.known = known;
  }

  /** The same with other memory, for which the same mappings are to be chosen from. */
  on(memory: ResidencyMemory): ResidencyProblem {
    return new ResidencyProblem(this.graph, memory, this.choicesOf, this.known);
  }

  /**
   * What the best mapping costs, or a floor of it while the variant has not been opened with so much room: searches for
   * mappings take far longer than planning, and most variants are no good at their very best.
   */
  price(step: number, variant: number, freeBytes: number): MappingPrice | undefined {
    const choices = this.at(step, variant);
    return this.allOpen ? choices.price(freeBytes) : choices.estimate(freeBytes);
  }

  best(step: number, variant: number, freeBytes: number): readonly Piece[] | undefined {
    return this.at(step, variant).best(freeBytes);
  }

  /** From now on prices are known: for state spaces so large that going through them twice would take longer. */
  openAll(): void {
    this.allOpen = true;
  }

  /** From now on the price is known, or a better floor of it; false if it was known. */
  open(step: number, variant: number, freeBytes: number): boolean {
    const choices = this.at(step, variant);
    if (this.allOpen || choices.isKnown(freeBytes)) return false;
    choices.open(freeBytes);
    return true;
  }

  private at(step: number, variant: number): MappingChoices {
    if (variant >= LISTED_VARIANTS) return this.rare(step, variant);
    const variants = this.known.listed[step]!;
    let known = variants[variant];
    if (known === undefined) variants[variant] = known = this.choicesOf(step, variant);
    return known;
  }

  private rare(step: number, variant: number): MappingChoices {
    const key = `${step} ${variant}`;
    const { more } = this.known;
    let known = more.get(key);
    if (known === undefined) more.set(key, (known = this.choicesOf(step, variant)));
    return known;
  }
}
