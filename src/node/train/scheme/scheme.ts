import type { TrainingLayer } from '../layers/layer.js';
import type { WeightRounding } from './rounding.js';

/** What a scheme may be told. */
export interface SchemeSettings {
  /** Clipping level at which learned ones start. */
  readonly startLevel: number;
  /** Clipping level of the scheme that keeps one. */
  readonly fixedLevel: number;
}

/** How weights and activations of a network in training are rounded. */
export interface Scheme {
  readonly description: string;
  /** False: it does not round, and is trained once for all widths. */
  readonly rounds: boolean;
  /** @param bits null: exact */
  readonly weights: (bits: number | null) => WeightRounding;
  /** Non-linearity and rounding in one. @param bits null: not rounded */
  readonly activation: (name: string, bits: number | null, settings: SchemeSettings) => TrainingLayer;
}
