import type { BitItem } from './bit-items.js';
import { type ChoiceBudget, type ChoiceProblem, keepsBudgets } from './choice-problem.js';
import { chooseOptions } from './multiple-choice.js';

/** The figure of a choice as a whole: a simulation. */
export type Judge = (options: readonly number[]) => number;

/** Where a choice ends up that is improved as long as that helps. */
export interface Settled {
  readonly options: readonly number[];
  readonly rounds: number;
  /** No change that is tried helps: of one item, of two, or of all at once, within the budgets. */
  readonly settled: boolean;
}

/** Pairs of changes that are simulated where no single one helps. */
export const PAIRS_TRIED = 100;

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
 * choice if differences added up, or else the best single change, or else the best of two changes at once.
 *
 * @returns undefined where no single change within the budgets helps, no pair that was tried, and all at once do not either
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
  return best ?? improveByPair(options, problem, judge, now);
}

/**
 * A budget that is spent leaves no room for a single change but to a worse one: a layer that is narrowed takes the place of
 * another. Of such pairs those are tried whose differences promise most.
 */
function improveByPair(
  options: readonly number[],
  problem: ChoiceProblem,
  judge: Judge,
  now: number,
): number[] | undefined {
  const own = (item: number): number => problem.costs[item]![options[item]!]!;
  const changes = problem.costs.flatMap((row, item) =>
    row.flatMap((cost, option) => (option === options[item] ? [] : [{ item, option, more: cost - own(item) }])),
  );
  const pairs = changes.flatMap((one, at) =>
    changes.slice(at + 1).flatMap((other) => {
      if (other.item === one.item) return [];
      const changed = options.with(one.item, one.option).with(other.item, other.option);
      return keepsBudgets(problem, changed) ? [{ changed, more: one.more + other.more }] : [];
    }),
  );
  let best: number[] | undefined;
  let least = now;
  for (const { changed } of pairs.toSorted((a, b) => a.more - b.more).slice(0, PAIRS_TRIED)) {
    const cost = judge(changed);
    if (cost >= least) continue;
    least = cost;
    best = changed;
  }
  return best;
}
