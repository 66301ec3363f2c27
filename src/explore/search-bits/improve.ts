import type { BitItem } from './bit-items.js';
import { type ChoiceBudget, keepsBudgets } from './choice-problem.js';
import { chooseOptions } from './multiple-choice.js';

/** The figure of a choice as a whole: a simulation. */
export type Judge = (options: readonly number[]) => number;

/** Where a choice ends up that is improved as long as that helps. */
export interface Settled {
  readonly options: readonly number[];
  readonly rounds: number;
  /** No single change within the budgets helps. */
  readonly settled: boolean;
}

/** Improves a choice at most `limit` times. */
export function settle(
  items: readonly BitItem[],
  first: readonly number[],
  budgets: readonly ChoiceBudget[],
  judge: Judge,
  limit: number,
): Settled {
  let options = first;
  for (let rounds = 1; rounds <= limit; rounds += 1) {
    const better = improve(items, options, budgets, judge);
    if (better === undefined) return { options, rounds, settled: true };
    options = better;
  }
  return { options, rounds: limit, settled: false };
}

/**
 * A choice within the budgets that is better than `options`, each layer's every other width tried by itself: the best
 * choice if differences added up, or else the best single change.
 *
 * @returns undefined where no single change within the budgets helps, and all at once do not either
 */
function improve(
  items: readonly BitItem[],
  options: readonly number[],
  budgets: readonly ChoiceBudget[],
  judge: Judge,
): number[] | undefined {
  const now = judge(options);
  const costs = items.map(({ widths }, item) =>
    widths.map((_, option) => (option === options[item] ? now : judge(options.with(item, option)))),
  );
  // Differences to the best of each item: not below 0, and the same choice is best.
  const problem = { costs: costs.map((row) => row.map((cost) => cost - Math.min(...row))), budgets };
  const together = chooseOptions(problem)?.options;
  if (together !== undefined && judge(together) < now) return [...together];
  let best: number[] | undefined;
  let least = now;
  for (const [item, row] of costs.entries()) {
    for (const [option, cost] of row.entries()) {
      const changed = options.with(item, option);
      if (cost >= least || !keepsBudgets(problem, changed)) continue;
      least = cost;
      best = changed;
    }
  }
  return best;
}
