import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machineOf, smallMachine } from '../../test/properties/machines.test-data.js';
import { problemOf, smallProblem, smallVectorProblem } from '../../test/properties/problems.test-data.js';
import { leastTileBytes } from './least-tile-bytes.js';
import type { LayerProblem } from './problem.js';
import { TileBuffers } from './tile-buffers.js';
import { tileSpaces } from './tile-space.js';

const least = (problem: LayerProblem, sketch: Parameters<typeof machineOf>[0] = {}) => {
  const machine = machineOf(sketch);
  return leastTileBytes(problem, machine, tileSpaces(problem, machine));
};

describe('the least that tiles take', () => {
  it('is one element of each operand, but for what a kernel needs at once', () => {
    // 3 x 3 inputs of 2 bytes, a weight and an output of one; a sum would take 4.
    const window = problemOf({ outputRows: 4, outputColumns: 4, kernelRows: 3, kernelColumns: 3 }, { inputBits: 16 });
    expect(least(window)).toBe(18 + 1 + 1);
    // Sums narrower than outputs.
    expect(least({ ...window, outputBits: 16, accumulatorBits: 8 })).toBe(18 + 1 + 1);
    expect(least({ ...window, inputBits: 0 })).toBe(1 + 1);
  });

  it('is no sum, and no second operand, on the vector unit', () => {
    const addition = problemOf({ groups: 4, outputRows: 4 }, { engine: 'vector', inputBits: 16 });
    expect(least(addition)).toBe(2 + 1);
  });

  it('is nothing with a shared buffer, in which nothing need be staged', () => {
    expect(least(problemOf({}), { shared: { bytes: 1024, bytesPerCycle: 1 } })).toBe(0);
  });

  it('is no more than any choice of tiles takes', () => {
    fc.assert(
      fc.property(fc.oneof(smallProblem, smallVectorProblem), smallMachine, (problem, sketch) => {
        const machine = machineOf(sketch);
        const spaces = tileSpaces(problem, machine);
        const bytes = leastTileBytes(problem, machine, spaces);
        const buffers = new TileBuffers(problem);
        for (const space of spaces) {
          const [g, m, c, k] = [space.groups, space.pixels, space.reductions, space.channels].map(
            (list) => list.length - 1,
          ) as [number, number, number, number];
          buffers.setReduction(space, g, m, c);
          buffers.setChannel(space, g, m, c, k);
          expect(bytes).toBeLessThanOrEqual(Math.min(buffers.least, buffers.leastSpilling));
        }
      }),
    );
  });
});
