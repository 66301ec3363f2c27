import { AccelsimError, type Issue } from '../../errors.js';
import { formatPath } from '../../json/index.js';
import type { BitItem } from './bit-items.js';
import type { BitsQuestion } from './bits-question.js';
import { lossOf } from './layer-losses.js';

/**
 * What of a question's losses is used: none where it neither brings nor asks for any.
 * @throws AccelsimError naming each layer and width that has no loss
 */
export function checkLosses(items: readonly BitItem[], question: BitsQuestion): void {
  const { losses, lossSource: source = 'sensitivity', budgets, minimise } = question;
  if (losses === undefined && budgets.loss === undefined && minimise !== 'loss') return;
  const issues = items.flatMap((item): Issue[] => {
    const missing = item.widths.filter((width) => lossOf(item, width, losses) === undefined);
    if (missing.length === 0) return [];
    const path = formatPath(['layers', item.layer.name]);
    const rule = `no loss is given for ${missing.join(' and ')} bits`;
    return [{ source, path, rule, hint: 'give one, or leave the width out of --bits' }];
  });
  if (issues.length > 0) throw new AccelsimError(issues);
}
