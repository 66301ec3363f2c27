import type { NetworkResult } from '../../performance/index.js';
import type { PerLayerChoice } from '../../precision/index.js';
import type { AdditiveFigureName } from './bit-figures.js';
import type { BitsQuestion } from './bits-question.js';

/** One layer of the answer. */
export interface ChosenLayer {
  readonly name: string;
  readonly bits: number;
  readonly macs: number;
  readonly weights: number;
  /** What bounds it at that width: the roof it is under. */
  readonly bound: string;
  /** Cycles in the chosen network, and by width (of the question's, widest first) where all layers have that width. */
  readonly cycles: number;
  readonly cyclesAt: readonly { readonly bits: number; readonly cycles: number }[];
  /** In the chosen network; null where the machine gives none. */
  readonly energyPj: number | null;
  readonly energyPjAt: readonly { readonly bits: number; readonly energyPj: number | null }[];
  /** Null where the question brings no losses. */
  readonly loss: number | null;
}

/** A precision, by what it costs. */
export interface BitsPoint {
  readonly label: string;
  readonly latencyMs: number;
  readonly energyMj: number | null;
  readonly loss: number | null;
  readonly weightMiB: number;
  readonly gigaBitOperations: number;
  readonly keepsBudgets: boolean;
}

export interface BitsAnswer {
  readonly question: Pick<BitsQuestion, 'bits' | 'minimise' | 'budgets' | 'mode' | 'objective' | 'measure'> & {
    readonly network: string;
  };
  readonly precision: PerLayerChoice;
  readonly chosen: BitsPoint;
  /** Every layer at one width, but for the edges. */
  readonly uniform: readonly BitsPoint[];
  readonly layers: readonly ChosenLayer[];
  readonly result: NetworkResult;
  /** What the first choice was thought to take, from networks of one width, in the unit of what is minimised. */
  readonly estimate: number;
  /** The choice from that table is proved to be its best. */
  readonly exact: boolean;
  /** No single layer can be changed within the budgets so that the simulated network gets better, and no pair that was tried. */
  readonly settled: boolean;
  readonly rounds: number;
  /** What one more unit of each budget would save, at the margin, in the unit of what is minimised. */
  readonly prices: readonly { readonly budget: AdditiveFigureName; readonly price: number }[];
}
