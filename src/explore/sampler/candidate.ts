import { metrics } from '../study/metrics.js';
import type { PointAnswer } from '../study/point.js';
import type { Space } from './space.js';

/** A point as the evolutionary search sees it. */
export interface Candidate {
  /** The level of each axis. */
  readonly levels: readonly number[];
  /** One for each objective, smaller is better; `Infinity` where it is unknown. */
  readonly costs: readonly number[];
  /**
   * By how much constraints are broken: the sum of the excesses, each over its limit. 0 where all hold, `Infinity` for a
   * point with an error or with an unknown metric that is constrained.
   */
  readonly violation: number;
}

export function candidateOf(levels: readonly number[], answer: PointAnswer, space: Space): Candidate {
  const { metrics: figures } = answer;
  const costs = space.objectives.map((name) => {
    const figure = figures?.[name] ?? null;
    if (figure === null) return Infinity;
    return metrics[name].direction === 'minimise' ? figure : -figure;
  });
  let violation = 0;
  for (const { metric, comparison, limit } of space.constraints) {
    const figure = figures?.[metric] ?? null;
    if (figure === null) violation = Infinity;
    else {
      const excess = comparison === '<=' ? figure - limit : limit - figure;
      if (excess > 0) violation += limit === 0 ? excess : excess / Math.abs(limit);
    }
  }
  return { levels, costs, violation: figures === null ? Infinity : violation };
}

/**
 * Whether `one` is better by constraint domination (Deb et al. 2002, section VI): it keeps constraints that the other breaks,
 * or breaks them less, or neither breaks any and it is nowhere worse and somewhere better.
 */
export function dominates(one: Candidate, other: Candidate): boolean {
  if (one.violation !== other.violation) return one.violation < other.violation;
  if (one.violation > 0) return false;
  let better = false;
  for (const [at, cost] of one.costs.entries()) {
    if (cost > other.costs[at]!) return false;
    if (cost < other.costs[at]!) better = true;
  }
  return better;
}
