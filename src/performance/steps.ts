import { OUTPUT_CHANNELS, PIXELS } from '../mapping/loop-order.js';
import { INPUT, OUTPUT, SECOND } from './reuse.js';

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

/** One step of the pipeline: computing a tile while the channel brings what changes and takes what is finished. */
export function stepCycles(
  changes: number,
  compute: number,
  inputLoad: number,
  secondLoad: number,
  sumLoadAndStore: number,
  waits: number,
  latency: number,
): number {
  let channel = 0;
  if (changes & INPUT) channel += inputLoad;
  if (changes & SECOND) channel += secondLoad;
  if (changes & OUTPUT) channel += sumLoadAndStore;
  if (changes & waits) channel += latency;
  return channel > compute ? channel : compute;
}
