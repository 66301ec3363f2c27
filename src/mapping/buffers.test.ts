import { describe, expect, it } from 'vitest';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { inputBufferBytes, outputBufferBytes, secondBufferBytes } from './buffers.js';

// 4-bit inputs, 2-bit weights, 8-bit outputs, 32-bit sums.
const problem = problemOf({}, { inputBits: 4, secondBits: 2, outputBits: 8, accumulatorBits: 32 });

describe('buffers', () => {
  it('hold one tile of an operand that is loaded once, and two of one that is reloaded', () => {
    // 15 elements: 60 bits are 8 bytes, 30 bits are 4.
    expect(inputBufferBytes(problem, 15, 1)).toBe(8);
    expect(inputBufferBytes(problem, 15, 2)).toBe(16);
    expect(secondBufferBytes(problem, 15, 1)).toBe(4);
    expect(secondBufferBytes(problem, 15, 9)).toBe(8);
  });

  it('hold the sums, and the tile that is being stored where another follows', () => {
    // 10 outputs: 40 bytes of sums, 10 bytes of results.
    expect(outputBufferBytes(problem, 10, 1, true, false)).toBe(40);
    expect(outputBufferBytes(problem, 10, 3, true, false)).toBe(50);
    // Sums that stay in the array need no room: the result, and the one before it on its way out.
    expect(outputBufferBytes(problem, 10, 1, false, false)).toBe(10);
    expect(outputBufferBytes(problem, 10, 3, false, false)).toBe(20);
  });

  it('hold three tiles of sums that leave and come back: in use, arriving, leaving', () => {
    expect(outputBufferBytes(problem, 10, 3, true, true)).toBe(120);
  });

  it('hold nothing of a resident operand', () => {
    const resident = { ...problem, inputBits: 0, secondBits: 0, outputBits: 0 };
    expect(inputBufferBytes(resident, 15, 2)).toBe(0);
    expect(secondBufferBytes(resident, 15, 2)).toBe(0);
    expect(outputBufferBytes(resident, 10, 3, false, false)).toBe(0);
    // Sums outside the array are summed somewhere before they are laid down.
    expect(outputBufferBytes(resident, 10, 3, true, false)).toBe(40);
  });
});
