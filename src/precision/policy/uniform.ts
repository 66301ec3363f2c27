import { DEFAULT_ACCUMULATOR_BITS, checkBits } from '../bits.js';
import type { PrecisionPolicy } from './policy.js';
import { sameBits } from './policy.js';

export interface UniformChoice {
  readonly policy: 'uniform';
  readonly bits: number;
  /** 32 where left out. */
  readonly accumulatorBits?: number;
}

/** One width for everything. */
export const uniform = {
  description: 'the same width for weights and activations of every layer',
  want(network, choice) {
    const bits = checkBits(choice.bits, 'precision', 'bits');
    const accumulatorBits = checkBits(
      choice.accumulatorBits ?? DEFAULT_ACCUMULATOR_BITS,
      'precision',
      'accumulatorBits',
    );
    return { bits, edgeBits: null, layers: network.layers.map(() => sameBits(bits, accumulatorBits)) };
  },
} as const satisfies PrecisionPolicy<UniformChoice>;
