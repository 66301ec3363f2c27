import type { Network } from '../../workload/network.js';
import type { WeightScales } from '../precision.js';

/** What a policy wants of one layer, before tensors that several layers share are reconciled. */
export interface WantedBits extends WeightScales {
  readonly weightBits: number;
  readonly activationBits: number;
  /** Width at which the output is stored, where the policy insists; null: what its readers want decides. */
  readonly outputBits: number | null;
  readonly accumulatorBits: number;
}

/** What a policy says about a whole network. */
export interface WantedPrecision {
  /** See `Precision.bits`. */
  readonly bits: number | null;
  /** See `Precision.edgeBits`. */
  readonly edgeBits: number | null;
  /** See `Precision.source`. */
  readonly source?: string;
  /** See `Precision.shortcutBits`. */
  readonly shortcutBits?: number;
  /** By layer index. */
  readonly layers: readonly WantedBits[];
  /** See `Precision.notes`. */
  readonly notes?: readonly string[] | undefined;
}

/** A rule that gives every layer of a network its widths. `Choice` holds what the user chose, as plain data. */
export interface PrecisionPolicy<Choice> {
  readonly description: string;
  /** @throws AccelsimError if a choice is no legal width or does not suit the network. */
  want(network: Network, choice: Choice): WantedPrecision;
}

/** Weights and activations alike, outputs as their readers want them. */
export function sameBits(bits: number, accumulatorBits: number): WantedBits {
  return { weightBits: bits, activationBits: bits, outputBits: null, accumulatorBits };
}
