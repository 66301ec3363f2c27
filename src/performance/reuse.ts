import { INPUT, OUTPUT, SECOND } from '../mapping/candidate.js';
import { loopOrders, OUTPUT_CHANNELS, PIXELS, REDUCTION } from '../mapping/loop-order.js';

/** Operands whose tile depends on each loop. */
const DEPENDS: Readonly<Record<number, number>> = {
  [PIXELS]: INPUT | OUTPUT,
  [OUTPUT_CHANNELS]: SECOND | OUTPUT,
  [REDUCTION]: INPUT | SECOND,
};

/**
 * `changeMask(order, active, depth)`: the operands whose tile changes when the loop at `depth` (0 outermost) takes a
 * step. The loops inside it start over at the same time, which changes their operands too if they run more than once.
 */
const masks = new Uint8Array(loopOrders.length * 8 * 3);

for (const [order, loops] of loopOrders.entries()) {
  for (let active = 0; active < 8; active++) {
    for (let depth = 0; depth < 3; depth++) {
      let mask = DEPENDS[loops[depth]!]!;
      for (let inner = depth + 1; inner < 3; inner++) {
        if ((active >> loops[inner]!) & 1) mask |= DEPENDS[loops[inner]!]!;
      }
      masks[(order * 8 + active) * 3 + depth] = mask;
    }
  }
}

export function changeMask(order: number, active: number, depth: number): number {
  return masks[(order * 8 + active) * 3 + depth]!;
}
