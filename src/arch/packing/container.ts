import type { Packing } from './packing.js';

/**
 * As many whole values in a word as it holds, the rest of the word left empty: 10 values of 3 bits in 32, 21 in 64. It is
 * what software does that unpacks with shifts and masks.
 */
export function container(wordBits: 32 | 64): Packing {
  return {
    description: `as many whole values as fit a word of ${wordBits} bits`,
    word: (widthBits) => {
      const values = Math.floor(wordBits / widthBits);
      return values > 0 ? { bits: wordBits, values } : { bits: wordBits * Math.ceil(widthBits / wordBits), values: 1 };
    },
  };
}
