import type { LayerProblem } from './problem.js';

/**
 * Bytes of one core's scratchpad that a tiling takes. An operand that is reloaded needs two tiles, one in use and one
 * arriving; one that is loaded once needs one. Outputs need the tile being summed (at accumulator width, unless sums
 * stay in the array) and, when there is another tile to follow, the tile being stored. Partial sums that leave the core
 * need three tiles at accumulator width: in use, arriving, leaving. A resident operand needs no tile.
 */
export function inputBufferBytes(problem: LayerProblem, tileElements: number, tiles: number): number {
  return Math.ceil((tileElements * problem.inputBits) / 8) * (tiles > 1 ? 2 : 1);
}

export function secondBufferBytes(problem: LayerProblem, tileElements: number, tiles: number): number {
  return Math.ceil((tileElements * problem.secondBits) / 8) * (tiles > 1 ? 2 : 1);
}

/** `sumsOutsideArray`: the dataflow, or a cut reduction, keeps partial sums in the scratchpad. */
export function outputBufferBytes(
  problem: LayerProblem,
  tileElements: number,
  tiles: number,
  sumsOutsideArray: boolean,
  spills: boolean,
): number {
  const accumulating = Math.ceil((tileElements * problem.accumulatorBits) / 8);
  if (spills) return 3 * accumulating;
  const storing = Math.ceil((tileElements * problem.outputBits) / 8);
  return (sumsOutsideArray ? accumulating : storing) + (tiles > 1 ? storing : 0);
}
