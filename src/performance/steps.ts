import { OUTPUT_CHANNELS, PIXELS } from '../mapping/loop-order.js';

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
