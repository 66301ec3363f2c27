import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { INPUT, OUTPUT, SECOND } from './candidate.js';
import type { LayerProblem } from './problem.js';
import { TileBuffers } from './tile-buffers.js';
import { tileSpaces } from './tile-space.js';

/** A product of 4 x 4 by 4 x 4 at 8 bits, sums of 32. */
const product = problemOf({ outputRows: 4, inputChannels: 4, outputChannels: 4 });

/** Buffers for tiles of so many rows, input channels and output channels, on one core of 2 x 2. */
function buffersOf(problem: LayerProblem, rows: number, inputChannels: number, outputChannels: number): TileBuffers {
  const space = tileSpaces(problem, machineOf({ rows: 2, columns: 2 }))[0]!;
  const m = space.pixels.findIndex((tile) => tile.rows === rows && tile.columns === 1);
  const c = space.reductions.findIndex(({ size }) => size === inputChannels);
  const k = space.channels.findIndex(({ size }) => size === outputChannels);
  const buffers = new TileBuffers(problem);
  buffers.setReduction(space, 0, m, c);
  buffers.setChannel(space, 0, m, c, k);
  return buffers;
}

describe('buffers of tiles', () => {
  it('have a sum in use, one that arrives and one that leaves where partial sums leave the core', () => {
    // Tiles of 2 rows, 2 input and 2 output channels: 4 bytes of inputs, 4 of weights, 4 outputs, 16 bytes as sums.
    const buffers = buffersOf(product, 2, 2, 2);
    expect(buffers.open).toBe(INPUT | SECOND | OUTPUT);
    expect(buffers.bytes(0, true)).toBe(8 + 8 + 3 * 16);
    expect(buffers.bytes(OUTPUT, true)).toBe(8 + 8 + 16);
    expect(buffers.bytes(INPUT | SECOND | OUTPUT, true)).toBe(buffers.leastSpilling);
    // Where they stay, the sums in use and the outputs that leave.
    expect(buffers.bytes(0, false)).toBe(8 + 8 + 16 + 4);
    expect(buffers.bytes(INPUT | OUTPUT, false)).toBe(4 + 8 + 16);
    expect([buffers.least, buffers.leastSpilling]).toEqual([24, 24]);
  });

  it('may be doubled for outputs that stay on chip only if their sums leave on the way', () => {
    const resident = { ...product, outputBits: 0 };
    expect(buffersOf(resident, 2, 2, 2).open).toBe(INPUT | SECOND | OUTPUT);
    // With the reduction whole, or cut by itself, no sum leaves.
    expect(buffersOf(resident, 2, 4, 2).open).toBe(INPUT | SECOND);
    expect(buffersOf(resident, 4, 2, 4).open).toBe(INPUT | SECOND);
  });

  it('have nothing to choose for an operand of one tile, or of none', () => {
    expect(buffersOf(product, 4, 4, 4).open).toBe(0);
    expect(buffersOf(product, 2, 4, 4).open).toBe(INPUT | OUTPUT);
    expect(buffersOf({ ...product, inputBits: 0 }, 2, 4, 4).open).toBe(OUTPUT);
  });
});
