import type { Packing } from './packing.js';

/** Each value begins at the bit where the one before ends; a value may lie across two bytes. */
export const dense: Packing = {
  description: 'values bit by bit, none wasted',
  word: (widthBits) => ({ bits: widthBits, values: 1 }),
};
