import type { Packing } from './packing.js';

/** Each value takes the next power of two: 3 bits lie as 4, 5 to 7 bits as 8. No value lies across two bytes or words. */
export const powerOfTwo: Packing = {
  description: 'each value in the next power of two bits',
  word: (widthBits) => ({ bits: 2 ** Math.ceil(Math.log2(widthBits)), values: 1 }),
};
