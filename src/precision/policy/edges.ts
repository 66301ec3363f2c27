import type { Layer, Network } from '../../workload/network.js';
import { DEFAULT_ACCUMULATOR_BITS, SAME_BITS, checkBits } from '../bits.js';
import type { PrecisionPolicy } from './policy.js';
import { sameBits } from './policy.js';

/** The width of the paper's first and last layer. */
export const DEFAULT_EDGE_BITS = 8;

export interface EdgesChoice {
  readonly policy: 'edges';
  readonly bits: number;
  /**
   * Least width of the first and last MAC layer; 8 where left out. It never narrows them below `bits`, so one setting
   * serves a whole list of widths. `same` switches the exception off.
   */
  readonly edgeBits?: number | typeof SAME_BITS;
  /** 32 where left out. */
  readonly accumulatorBits?: number;
}

/**
 * The policy of the PACT system study (arXiv:1805.06085, section 6): B bits everywhere but in the first and last
 * layer, which keep 8 bits when B is less. First and last are meant among the layers with MACs.
 */
export const edges = {
  description: 'one width, and a wider one (8 bits) in the first and last layer that has MACs',
  want(network, choice) {
    const bits = checkBits(choice.bits, 'precision', 'bits');
    const accumulatorBits = checkBits(
      choice.accumulatorBits ?? DEFAULT_ACCUMULATOR_BITS,
      'precision',
      'accumulatorBits',
    );
    const asked = choice.edgeBits ?? DEFAULT_EDGE_BITS;
    const least = asked === SAME_BITS ? bits : checkBits(asked, 'precision', 'edgeBits');
    const edgeBits = Math.max(bits, least);

    const { first, last } = edgeLayers(network);
    const layers = network.layers.map((_, index) =>
      sameBits(index === first || index === last ? edgeBits : bits, accumulatorBits),
    );
    return { bits, edgeBits: edgeBits > bits ? edgeBits : null, layers };
  },
} as const satisfies PrecisionPolicy<EdgesChoice>;

/** Indices of the first and the last layer with MACs; -1 where there is none. */
export function edgeLayers({ layers }: Network): { readonly first: number; readonly last: number } {
  return { first: layers.findIndex(hasMacs), last: layers.findLastIndex(hasMacs) };
}

function hasMacs(layer: Layer): boolean {
  return layer.engine === 'array';
}
