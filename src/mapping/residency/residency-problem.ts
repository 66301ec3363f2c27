import type { Mapping } from '../candidate.js';
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
  /** Mappings were looked for before, so that prices are at hand. */
  readonly isKnown: boolean;
  /** Known without looking for mappings: none costs less. */
  readonly floor: MappingPrice;
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

/** Choices of which only the floor is used, until they are looked into. */
interface Known {
  readonly choices: MappingChoices;
  isOpen: boolean;
}

/** A compiled network on one machine. */
export class ResidencyProblem {
  readonly graph: ResidencyGraph;
  readonly memory: ResidencyMemory;
  private readonly choicesOf: (step: number, variant: number) => MappingChoices;
  /** By step and variant; a step of very many variants has the high ones in a map. */
  private readonly known: (Known | undefined)[][];
  private allOpen = false;
  private readonly more = new Map<string, Known>();

  /** `choicesOf` is asked once for each variant of a step, by the number the step's `variants` give it. */
  constructor(
    graph: ResidencyGraph,
    memory: ResidencyMemory,
    choicesOf: (step: number, variant: number) => MappingChoices,
  ) {
    this.graph = graph;
    this.memory = memory;
    this.choicesOf = choicesOf;
    this.known = graph.steps.map(() => []);
  }

  /**
   * What the best mapping costs, or its floor while the variant has not been opened: searches for mappings take far
   * longer than planning, and most variants are no good at their very best.
   */
  price(step: number, variant: number, freeBytes: number): MappingPrice | undefined {
    const { choices, isOpen } = this.at(step, variant);
    return isOpen || this.allOpen ? choices.price(freeBytes) : choices.floor;
  }

  best(step: number, variant: number, freeBytes: number): readonly Piece[] | undefined {
    return this.at(step, variant).choices.best(freeBytes);
  }

  /** From now on prices are known: for state spaces so large that going through them twice would take longer. */
  openAll(): void {
    this.allOpen = true;
  }

  /** From now on the price is known; false if it was. */
  open(step: number, variant: number): boolean {
    const known = this.at(step, variant);
    if (known.isOpen || this.allOpen) return false;
    known.isOpen = true;
    return true;
  }

  private at(step: number, variant: number): Known {
    if (variant >= LISTED_VARIANTS) return this.rare(step, variant);
    const variants = this.known[step]!;
    let known = variants[variant];
    if (known === undefined) variants[variant] = known = this.ask(step, variant);
    return known;
  }

  private rare(step: number, variant: number): Known {
    const key = `${step} ${variant}`;
    let known = this.more.get(key);
    if (known === undefined) this.more.set(key, (known = this.ask(step, variant)));
    return known;
  }

  private ask(step: number, variant: number): Known {
    const choices = this.choicesOf(step, variant);
    return { choices, isOpen: choices.isKnown };
  }
}
