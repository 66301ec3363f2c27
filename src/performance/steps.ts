import { INPUT, OUTPUT, SECOND } from '../mapping/candidate.js';
import { OUTPUT_CHANNELS, PIXELS } from '../mapping/loop-order.js';

/** Beside the operands in a mask of what waits for the channel to answer. */
export const PREFETCH = 8;

/** Tiles along the loop that stands at some depth of an order. */
export function tripsOf(loop: number, pixels: number, channels: number, reductions: number): number {
  return loop === PIXELS ? pixels : loop === OUTPUT_CHANNELS ? channels : reductions;
}

/** Times an operand's tile is brought in: once at the start, and at each step that changes it. */
export function loads(
  operand: number,
  innerSteps: number,
  innerMask: number,
  middleSteps: number,
  middleMask: number,
  outerSteps: number,
  outerMask: number,
  groupSteps: number,
): number {
  let count = 1 + groupSteps;
  if (innerMask & operand) count += innerSteps;
  if (middleMask & operand) count += middleSteps;
  if (outerMask & operand) count += outerSteps;
  return count;
}

/** How long a step that changes these operands keeps a path busy, given the time of one load or visit of each. */
export function pathCycles(changes: number, input: number, second: number, output: number): number {
  let cycles = 0;
  if (changes & INPUT) cycles += input;
  if (changes & SECOND) cycles += second;
  if (changes & OUTPUT) cycles += output;
  return cycles;
}

/**
 * One step of the pipeline, over one channel: computing a tile while the channel brings what changes and takes what is
 * finished (and a part of the next layer's weights), then what is single-buffered, which waits for the tile's end.
 */
export function stepCycles(
  changes: number,
  doubled: number,
  waits: number,
  latency: number,
  compute: number,
  prefetch: number,
  input: number,
  second: number,
  output: number,
): number {
  const beside = changes & doubled;
  const between = changes & ~doubled;
  let hidden = pathCycles(beside, input, second, output) + prefetch;
  if ((beside | PREFETCH) & waits) hidden += latency;
  if (hidden < compute) hidden = compute;
  if (between === 0) return hidden;
  return hidden + pathCycles(between, input, second, output) + (between & waits ? latency : 0);
}
