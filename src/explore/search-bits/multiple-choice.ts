import { type Choice, type ChoiceProblem, limitOf } from './choice-problem.js';
import { relax } from './multipliers.js';

/** A choice, and how sure it is. */
export interface ProvedChoice extends Choice {
  /** No choice costs less. */
  readonly lowerBound: number;
  /** The choice is proved to be the cheapest. */
  readonly exact: boolean;
}

/** Partial choices kept side by side; where there would be more the result is no longer proved. */
const MAX_STATES = 200_000;

/** Cheaper states that a state is held against where there are several budgets; fewer cost only time. */
const COMPARED = 64;

/** Partial choices of the items up to one, each with what it has cost and used. */
interface Stage {
  readonly costs: readonly number[];
  /** By budget, then state. */
  readonly uses: readonly (readonly number[])[];
  /** State of the stage before, and the option taken since. */
  readonly parents: readonly number[];
  readonly taken: readonly number[];
}

/**
 * The cheapest choice within all budgets (the multiple-choice knapsack problem), by a dynamic programme over the items.
 * Three things drop a partial choice, none of them the last way to a cheapest one:
 *
 * - what it has used and the least that the other items can use exceed a limit;
 * - another one is no worse in cost and in every use: what completes the one completes the other;
 * - its Lagrangian bound, cost + sum of m (use - limit) + sum over the items left of min over options of
 *   (cost + sum of m use), reaches the cost of a choice that is known: for m >= 0 no completion costs less.
 *
 * @returns undefined where no choice keeps all budgets
 */
export function chooseOptions(problem: ChoiceProblem): ProvedChoice | undefined {
  const { multipliers, choice: known } = relax(problem);
  const left = whatIsLeft(problem, multipliers);
  const limits = problem.budgets.map(limitOf);
  const fixed = problem.budgets.reduce((sum, { limit }, k) => sum + multipliers[k]! * limit, 0);
  const stages: Stage[] = [];
  let stage: Stage = { costs: [0], uses: limits.map(() => [0]), parents: [-1], taken: [-1] };
  let dropped = Infinity;
  for (const item of problem.costs.keys()) {
    const next = expand(stage, problem, item);
    const bounds = next.costs.map((cost, state) => {
      let bound = cost + left.bounds[item + 1]! - fixed;
      for (const [k, limit] of limits.entries()) {
        const use = next.uses[k]![state]!;
        if (use + left.uses[k]![item + 1]! > limit) return Infinity;
        bound += multipliers[k]! * use;
      }
      return bound;
    });
    // What only equals the known choice is dropped, but for rounding: the bound is a sum in another order.
    const ceiling = known === undefined ? Infinity : known.cost * (1 - 1e-12);
    let kept = undominated(
      next,
      [...bounds.keys()].filter((state) => bounds[state]! < ceiling),
    );
    if (kept.length > MAX_STATES) {
      kept = kept.toSorted((one, other) => bounds[one]! - bounds[other]!);
      dropped = Math.min(dropped, bounds[kept[MAX_STATES]!]!);
      kept = kept.slice(0, MAX_STATES);
    }
    stage = pick(next, kept);
    stages.push(stage);
  }
  const [best] = [...stage.costs.keys()].toSorted((one, other) => stage.costs[one]! - stage.costs[other]!);
  const found = best === undefined ? known : { options: walkBack(stages, best), cost: stage.costs[best]! };
  const chosen = found === undefined || (known !== undefined && known.cost <= found.cost) ? known : found;
  if (chosen === undefined) return undefined;
  const lowerBound = Math.min(chosen.cost, dropped);
  return { ...chosen, lowerBound, exact: lowerBound >= chosen.cost };
}

/** Of the items from each one on: the least that they use, by budget, and the least they cost once uses are paid for. */
function whatIsLeft(
  { costs, budgets }: ChoiceProblem,
  multipliers: readonly number[],
): { readonly bounds: readonly number[]; readonly uses: readonly (readonly number[])[] } {
  const suffixes = (leastOf: (item: number) => number): number[] => {
    const sums = [0];
    for (let item = costs.length - 1; item >= 0; item -= 1) sums.unshift(sums[0]! + leastOf(item));
    return sums;
  };
  const paid = (item: number, option: number): number =>
    budgets.reduce((sum, { uses }, k) => sum + multipliers[k]! * uses[item]![option]!, costs[item]![option]!);
  return {
    bounds: suffixes((item) => Math.min(...costs[item]!.map((_, option) => paid(item, option)))),
    uses: budgets.map(({ uses }) => suffixes((item) => Math.min(...uses[item]!))),
  };
}

function expand(stage: Stage, { costs, budgets }: ChoiceProblem, item: number): Stage {
  const states = [...stage.costs.keys()];
  const options = [...costs[item]!.keys()];
  const each = (of: (state: number, option: number) => number): number[] =>
    states.flatMap((state) => options.map((option) => of(state, option)));
  return {
    costs: each((state, option) => stage.costs[state]! + costs[item]![option]!),
    uses: budgets.map(({ uses }, k) => each((state, option) => stage.uses[k]![state]! + uses[item]![option]!)),
    parents: each((state) => state),
    taken: each((_, option) => option),
  };
}

/** States that no cheaper one outdoes in every use, cheapest first. */
function undominated(stage: Stage, states: readonly number[]): number[] {
  const { costs, uses } = stage;
  const compare = (one: number, other: number): number =>
    costs[one]! - costs[other]! || uses.reduce((order, use) => order || use[one]! - use[other]!, 0);
  const kept: number[] = [];
  for (const state of states.toSorted(compare)) {
    const from = uses.length === 1 ? Math.max(0, kept.length - 1) : Math.max(0, kept.length - COMPARED);
    let isOutdone = false;
    for (let at = kept.length - 1; at >= from && !isOutdone; at -= 1) {
      isOutdone = uses.every((use) => use[kept[at]!]! <= use[state]!);
    }
    if (!isOutdone) kept.push(state);
  }
  return kept;
}

function pick({ costs, uses, parents, taken }: Stage, states: readonly number[]): Stage {
  const only = (list: readonly number[]): number[] => states.map((state) => list[state]!);
  return { costs: only(costs), uses: uses.map(only), parents: only(parents), taken: only(taken) };
}

function walkBack(stages: readonly Stage[], last: number): number[] {
  const options: number[] = [];
  let state = last;
  for (const { parents, taken } of stages.toReversed()) {
    options.unshift(taken[state]!);
    state = parents[state]!;
  }
  return options;
}
