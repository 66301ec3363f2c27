import { describe, expect, it } from 'vitest';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { inputTileBytes, secondTileBytes, storedTileBytes, sumTileBytes } from './buffers.js';

// 4-bit inputs, 2-bit weights, 8-bit outputs, 32-bit sums.
const problem = problemOf({}, { inputBits: 4, secondBits: 2, outputBits: 8, accumulatorBits: 32 });

describe('bytes of a tile', () => {
  it('are its bits, rounded up to whole bytes once', () => {
    // 15 elements: 60 bits are 8 bytes, 30 bits are 4.
    expect(inputTileBytes(problem, 15)).toBe(8);
    expect(secondTileBytes(problem, 15)).toBe(4);
    expect(storedTileBytes(problem, 10)).toBe(10);
    expect(sumTileBytes(problem, 10)).toBe(40);
  });

  it('are none where the operand lies in the scratchpads; sums are summed somewhere all the same', () => {
    const resident = { ...problem, inputBits: 0, secondBits: 0, outputBits: 0 };
    expect([inputTileBytes, secondTileBytes, storedTileBytes].map((bytes) => bytes(resident, 15))).toEqual([0, 0, 0]);
    expect(sumTileBytes(resident, 10)).toBe(40);
  });

  it('are the same where the operand lies in a shared buffer, wholly or in part', () => {
    const shared = { ...problem, inputBits: 0, secondBits: 0, outputBits: 0 };
    const inShared = { ...shared, sharedInputBits: 4, sharedSecondBits: 2, sharedOutputBits: 8 };
    expect([inputTileBytes(inShared, 15), secondTileBytes(inShared, 15), storedTileBytes(inShared, 10)]).toEqual([
      8, 4, 10,
    ]);
    // Of an addition's two inputs of 4 bits one comes from off-chip and one from the shared buffer.
    expect(inputTileBytes({ ...problem, sharedInputBits: 4 }, 15)).toBe(15);
  });
});
