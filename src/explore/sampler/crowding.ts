import type { Candidate } from './candidate.js';

/**
 * How alone each of a front's members stands: the sum over objectives of the distance between its two neighbours, over
 * the range of the front; `Infinity` at the ends (Deb et al. 2002, section III B). In the order of `front`.
 */
export function crowdingDistances(front: readonly Candidate[]): number[] {
  const distances = front.map(() => 0);
  const objectives = front[0]?.costs.length ?? 0;
  for (let objective = 0; objective < objectives; objective++) {
    const cost = (at: number): number => front[at]!.costs[objective]!;
    const order = [...front.keys()].toSorted((left, right) => compared(cost(left), cost(right)) || left - right);
    const [first, last] = [order[0]!, order.at(-1)!];
    const range = cost(last) - cost(first);
    // An objective that is the same, or unknown, for all sets nobody apart.
    if (!(range > 0)) continue;
    distances[first] = Infinity;
    distances[last] = Infinity;
    for (let place = 1; place < order.length - 1; place++) {
      const gap = cost(order[place + 1]!) - cost(order[place - 1]!);
      if (gap > 0) distances[order[place]!]! += range === Infinity ? 0 : gap / range;
    }
  }
  return distances;
}

/** Of costs that may both be infinite. */
function compared(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
