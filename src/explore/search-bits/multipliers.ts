import { type Choice, type ChoiceProblem, keepsBudgets, sumOf } from './choice-problem.js';

const ROUNDS = 400;

/** What the search for multipliers comes upon. */
export interface Relaxation {
  /** The price of one unit of each budget, in units of cost; not below 0. */
  readonly multipliers: readonly number[];
  /** No choice costs less. */
  readonly lowerBound: number;
  /** The cheapest choice met on the way that keeps all budgets. */
  readonly choice: Choice | undefined;
}

/**
 * Multipliers of the Lagrangian relaxation: with m >= 0 for each budget, the sum over items of min over options of
 * (cost + sum of m use), less the sum of m limit, is at most the cost of any choice within the limits. The highest of
 * these bounds is sought by steps along the subgradient, uses less limit (Held, Wolfe and Crowder 1974); any m gives a
 * bound that holds.
 */
export function relax(problem: ChoiceProblem): Relaxation {
  const { costs, budgets } = problem;
  // Uses in parts of their limit, so that one step suits all budgets.
  const scales = budgets.map(({ limit }) => (limit > 0 ? limit : 1));
  const span = Math.max(
    1e-300,
    costs.reduce((sum, row) => sum + Math.max(...row) - Math.min(...row), 0),
  );
  let multipliers = budgets.map(() => 0);
  let best = { multipliers, lowerBound: -Infinity };
  let choice: Choice | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const options = cheapest(problem, multipliers);
    const cost = sumOf(costs, options);
    const excess = budgets.map((budget, k) => (sumOf(budget.uses, options) - budget.limit) / scales[k]!);
    const lowerBound = excess.reduce((sum, over, k) => sum + multipliers[k]! * scales[k]! * over, cost);
    if (lowerBound > best.lowerBound) best = { multipliers, lowerBound };
    if ((choice === undefined || cost < choice.cost) && keepsBudgets(problem, options)) choice = { options, cost };
    const length = excess.reduce((sum, over) => sum + over * over, 0);
    if (length === 0) break;
    // Steps that shrink, so that the price settles however far the first guess was.
    const step = span / (1 + round) / Math.sqrt(length);
    multipliers = multipliers.map((price, k) => Math.max(0, price + (step * excess[k]!) / scales[k]!));
  }
  return { ...best, choice };
}

/** The option of each item that is cheapest once uses are paid for; of equals the first. */
function cheapest({ costs, budgets }: ChoiceProblem, multipliers: readonly number[]): number[] {
  return costs.map((row, item) => {
    let best = 0;
    let least = Infinity;
    for (const [option, cost] of row.entries()) {
      const paid = budgets.reduce((sum, { uses }, k) => sum + multipliers[k]! * uses[item]![option]!, cost);
      if (paid >= least) continue;
      least = paid;
      best = option;
    }
    return best;
  });
}
