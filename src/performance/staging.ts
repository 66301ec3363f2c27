import { INPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import { loopAt, OUTPUT_CHANNELS, PIXELS } from '../mapping/loop-order.js';

/**
 * Tells apart the `steps` in which the loop at `depth` moves by which staged operands lie in the shared buffer already
 * (`there`). They came in on their first sweep: inputs with the first tile of output channels, the second operand with the
 * first tile of pixels: `channelsFirst` and `pixelsFirst` are the shares of these steps in which those loops, where they
 * stand outside, are there.
 */
export function overSweeps(
  { order, staged }: Candidate,
  depth: number,
  steps: number,
  pixelsFirst: number,
  channelsFirst: number,
  add: (steps: number, there: number) => void,
): void {
  if (steps === 0) return;
  const firstInputs = staged & INPUT ? firstSweep(order, depth, OUTPUT_CHANNELS, channelsFirst, steps) : steps;
  const firstSeconds = staged & SECOND ? firstSweep(order, depth, PIXELS, pixelsFirst, steps) : steps;
  // The two loops run independently of one another.
  const firstBoth = (firstInputs / steps) * firstSeconds;
  add(firstBoth, 0);
  if (firstInputs < steps) add(firstSeconds - firstBoth, INPUT);
  if (firstSeconds < steps) add(firstInputs - firstBoth, SECOND);
  const neither = steps - firstInputs - firstSeconds + firstBoth;
  if (neither > 0) add(neither, INPUT | SECOND);
}

/** Of the steps of the loop at `depth`, those in which `loop` is at its first tile, as it is in a share of them if outside. */
function firstSweep(order: number, depth: number, loop: number, share: number, steps: number): number {
  if (loopAt(order, depth) === loop) return 0;
  // A loop inside starts over whenever this one moves.
  for (let inside = depth + 1; inside < 3; inside++) if (loopAt(order, inside) === loop) return steps;
  return steps * share;
}
