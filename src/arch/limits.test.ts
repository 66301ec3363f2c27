import { expect, it } from 'vitest';
import { kibToBytes } from '../units.js';
import { MAX_ARRAY_SIDE, MAX_CORES, MAX_SCRATCHPAD_KIB } from './limits.js';

/** A 32-bit reference with a 1-bit mode has the most lanes there can be. */
const MAX_LANES = 32;

it('keeps MACs per cycle and bytes on chip exact at the very limits', () => {
  expect(MAX_CORES * MAX_ARRAY_SIDE ** 2 * MAX_LANES).toBeLessThan(Number.MAX_SAFE_INTEGER);
  expect(MAX_CORES * kibToBytes(MAX_SCRATCHPAD_KIB)).toBeLessThan(Number.MAX_SAFE_INTEGER);
});
