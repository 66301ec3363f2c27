import type { Packing } from './packing.js';

/** Each value takes whole bytes, as the arrays of a program do: below 8 bits nothing is saved. */
export const byte: Packing = {
  description: 'each value in whole bytes',
  word: (widthBits) => ({ bits: 8 * Math.ceil(widthBits / 8), values: 1 }),
};
