import { PrefixMinima } from './prefix-minima.js';
import type { RankedPoints } from './ranks.js';

/** One objective: the first in the order is the least, and all points differ. */
export function leastOf({ length }: RankedPoints): Uint8Array {
  const onFront = new Uint8Array(length);
  if (length > 0) onFront[0] = 1;
  return onFront;
}

/** Two: along the first, a point has to be less in the second than all before it. */
export function sweepTwo({ length, columns: [, second] }: RankedPoints): Uint8Array {
  const onFront = new Uint8Array(length);
  let least = Infinity;
  for (let at = 0; at < length; at += 1) {
    const value = second![at]!;
    if (value < least) {
      onFront[at] = 1;
      least = value;
    }
  }
  return onFront;
}

/** Three: along the first, a point has to be less in the third than all before it that are no greater in the second. */
export function sweepThree({ length, columns: [, second, third] }: RankedPoints): Uint8Array {
  const onFront = new Uint8Array(length);
  const minima = new PrefixMinima(length);
  for (let at = 0; at < length; at += 1) {
    const [place, value] = [second![at]!, third![at]!];
    if (minima.least(place) <= value) continue;
    onFront[at] = 1;
    minima.put(place, value);
  }
  return onFront;
}
