import type { LayerProblem, MappingChoices, MappingFigures, MappingPrice, Piece } from '../mapping/index.js';
import type { LayerFrontiers } from './frontiers.js';

/** A layer, or stripes of one that are alike, with its mappings. */
export interface PieceFrontiers {
  readonly layer: number;
  readonly times: number;
  readonly problem: LayerProblem;
  readonly frontiers: LayerFrontiers;
  /** What is added to the cost of each whatever its mapping. */
  readonly fixedCost: number;
}

/** The mappings of a step, as the residency search asks for them: each of its pieces at its best, one after the other. */
export class StepChoices implements MappingChoices {
  private readonly pieces: readonly PieceFrontiers[];
  private readonly rate: number;
  /** Of a step that is a layer by itself. */
  private readonly only: LayerFrontiers | null;
  /** What such a step was answered last: machines with other capacities come to the same mapping. */
  private last: readonly Piece[] | null = null;

  /** `rate`: the place of the off-chip channel's rate in the frontiers' list of rates. */
  constructor(pieces: readonly PieceFrontiers[], rate: number) {
    this.pieces = pieces;
    this.rate = rate;
    const [first] = pieces;
    this.only = pieces.length === 1 && first!.times === 1 && first!.fixedCost === 0 ? first!.frontiers : null;
  }

  isKnown(freeBytes: number): boolean {
    if (this.only !== null) return this.only.isKnown(freeBytes);
    return this.pieces.every(({ frontiers }) => frontiers.isKnown(freeBytes));
  }

  open(freeBytes: number): void {
    for (const { frontiers } of this.pieces) frontiers.open(freeBytes);
  }

  estimate(freeBytes: number): MappingPrice | undefined {
    if (this.only !== null) return priceOf(this.only.estimate(freeBytes, this.rate));
    return this.sum(({ frontiers }) => frontiers.estimate(freeBytes, this.rate));
  }

  price(freeBytes: number): MappingPrice | undefined {
    if (this.only !== null) return priceOf(this.only.price(freeBytes, this.rate));
    return this.sum(({ frontiers }) => frontiers.price(freeBytes, this.rate));
  }

  best(freeBytes: number): readonly Piece[] | undefined {
    if (this.only !== null && this.last !== null) {
      const mapping = this.only.best(freeBytes, this.rate);
      if (mapping === this.last[0]!.mapping) return this.last;
    }
    const pieces: Piece[] = [];
    for (const { layer, times, problem, frontiers } of this.pieces) {
      const mapping = frontiers.best(freeBytes, this.rate);
      if (mapping === undefined) return undefined;
      pieces.push({ layer, times, problem, mapping });
    }
    this.last = pieces;
    return pieces;
  }

  private sum(figuresOf: (piece: PieceFrontiers) => MappingFigures | undefined): MappingPrice | undefined {
    let cycles = 0;
    let offChipBytes = 0;
    for (const piece of this.pieces) {
      const figures = figuresOf(piece);
      if (figures === undefined) return undefined;
      cycles += piece.times * (figures.cost + piece.fixedCost);
      offChipBytes += piece.times * figures.tie;
    }
    return { cycles, offChipBytes };
  }
}

/** By cost and tie, in the words of `MappingPrice`: asked for again and again. */
function priceOf(figures: MappingFigures | undefined): MappingPrice | undefined {
  return figures && (figures.price ??= { cycles: figures.cost, offChipBytes: figures.tie });
}
