import { dominates, type Candidate } from './candidate.js';

/**
 * Fronts, best first, as indices into `candidates`, ascending: whoever nobody dominates, then whoever only those dominate, and so on
 * (the fast non-dominated sort of Deb et al. 2002, section III A).
 */
export function nonDominatedFronts(candidates: readonly Candidate[]): number[][] {
  const dominated: number[][] = candidates.map(() => []);
  const dominators = candidates.map(() => 0);
  for (const [left, one] of candidates.entries()) {
    for (let right = left + 1; right < candidates.length; right++) {
      const other = candidates[right]!;
      if (dominates(one, other)) {
        dominated[left]!.push(right);
        dominators[right]! += 1;
      } else if (dominates(other, one)) {
        dominated[right]!.push(left);
        dominators[left]! += 1;
      }
    }
  }
  const fronts: number[][] = [];
  let front = [...candidates.keys()].filter((at) => dominators[at] === 0);
  while (front.length > 0) {
    fronts.push(front);
    const next: number[] = [];
    for (const at of front) {
      for (const other of dominated[at]!) {
        dominators[other]! -= 1;
        if (dominators[other] === 0) next.push(other);
      }
    }
    front = next.toSorted((left, right) => left - right);
  }
  return fronts;
}
