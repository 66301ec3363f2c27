import type { Machine } from '../arch/machine.js';
import { inputTileBytes, secondTileBytes, storedTileBytes, sumTileBytes } from './buffers.js';
import type { LayerProblem } from './problem.js';
import type { TileSpace } from './tile-space.js';

/**
 * Bytes of what mappings compete for that the tiles of a layer take at least, each of one element but for what a kernel
 * needs at once. With a shared buffer nothing need be staged, and it is 0.
 */
export function leastTileBytes(problem: LayerProblem, machine: Machine, spaces: readonly TileSpace[]): number {
  if (machine.sharedBuffer !== null) return 0;
  let inputs = Infinity;
  for (const { pixels } of spaces) {
    for (const { tileInputElements } of pixels) inputs = Math.min(inputs, tileInputElements);
  }
  return (
    inputTileBytes(problem, inputs) +
    (problem.engine === 'array' ? secondTileBytes(problem, 1) : 0) +
    Math.min(storedTileBytes(problem, 1), sumTileBytes(problem, 1))
  );
}
