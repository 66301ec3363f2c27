import type { LayerProblem } from './problem.js';

/**
 * Bytes of one core's scratchpad that one tile of an operand takes. An operand that lies in the scratchpads already needs
 * no tile; one that lies off-chip or in a shared buffer does.
 */
export function inputTileBytes(problem: LayerProblem, tileElements: number): number {
  return Math.ceil((tileElements * (problem.inputBits + problem.sharedInputBits)) / 8);
}

export function secondTileBytes(problem: LayerProblem, tileElements: number): number {
  return Math.ceil((tileElements * (problem.secondBits + problem.sharedSecondBits)) / 8);
}

/** A finished output tile on its way out. */
export function storedTileBytes(problem: LayerProblem, tileElements: number): number {
  return Math.ceil((tileElements * (problem.outputBits + problem.sharedOutputBits)) / 8);
}

/** An output tile that is being summed. */
export function sumTileBytes(problem: LayerProblem, tileElements: number): number {
  return Math.ceil((tileElements * problem.accumulatorBits) / 8);
}
