import { type AdditiveFigureName, additiveFigureNames, additiveFigures } from './bit-figures.js';
import { bitItems } from './bit-items.js';
import type { BitsQuestion } from './bits-question.js';
import { checkLosses } from './check-losses.js';

/** A budget that is set, and the least it could be. */
export interface LeastBudget {
  readonly budget: AdditiveFigureName;
  readonly limit: number;
  /** The sum over layers where each has the width that uses least of it, in the figure's unit. */
  readonly least: number;
}

/**
 * How far down each budget of a question can be kept by itself, for who asks why nothing keeps them.
 * @throws AccelsimError where a width or a loss is missing
 */
export function leastBudgets(question: BitsQuestion): LeastBudget[] {
  const items = bitItems(question.network, question.bits, question.edgeBits);
  checkLosses(items, question);
  return additiveFigureNames.flatMap((budget) => {
    const limit = question.budgets[budget];
    if (limit === undefined) return [];
    const least = items.reduce((sum, item) => {
      const uses = item.widths.map((width) => additiveFigures[budget].of(item, width, question.losses));
      return sum + Math.min(...uses);
    }, 0);
    return [{ budget, limit, least }];
  });
}
