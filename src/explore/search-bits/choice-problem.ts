/** One option of each item is to be taken, so that the costs' sum is least and no budget is exceeded. */
export interface ChoiceProblem {
  /** By item, then option. */
  readonly costs: readonly (readonly number[])[];
  readonly budgets: readonly ChoiceBudget[];
}

export interface ChoiceBudget {
  /** What the options taken use is at most this; not below 0. */
  readonly limit: number;
  /** By item, then option; not below 0. */
  readonly uses: readonly (readonly number[])[];
}

export interface Choice {
  /** Option of each item. */
  readonly options: readonly number[];
  readonly cost: number;
}

/** Sums of the same numbers in another order differ by this fraction. */
const ROUNDING = 1e-12;

/** What a sum of uses is held against. */
export function limitOf({ limit }: ChoiceBudget): number {
  return limit * (1 + ROUNDING);
}

/** What a choice of options sums up to in a table of costs or uses. */
export function sumOf(table: readonly (readonly number[])[], options: readonly number[]): number {
  return table.reduce((sum, row, item) => sum + row[options[item]!]!, 0);
}

/** Whether options keep all budgets. */
export function keepsBudgets({ budgets }: ChoiceProblem, options: readonly number[]): boolean {
  return budgets.every((budget) => sumOf(budget.uses, options) <= limitOf(budget));
}
