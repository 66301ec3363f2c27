import type { LayerKindName } from '../../workload/kinds/index.js';
import { compileExpression } from '../select/expression-matcher.js';
import { ExpressionError } from '../select/expression-parser.js';
import type { LayerSelection } from '../select/index.js';

/** Classes of PyTorch that a target may name, and the kinds of layers they are here. */
const CLASSES: Readonly<Record<string, readonly LayerKindName[]>> = {
  Linear: ['linear'],
  Conv1d: ['convolution'],
  Conv2d: ['convolution'],
  ConvTranspose2d: ['transposed-convolution'],
  Embedding: ['embedding'],
};

const EXPRESSION = 're:';

/** What a target speaks of: `re:` and an expression, a class, or a layer's name. A text says why it cannot be read. */
export function selectTarget(target: string): LayerSelection | string {
  if (target.startsWith(EXPRESSION)) {
    const expression = target.slice(EXPRESSION.length);
    try {
      compileExpression(expression);
    } catch (error) {
      if (error instanceof ExpressionError) return `the expression ${error.message}`;
      throw error;
    }
    return { by: 'expression', expression };
  }
  const kinds = Object.hasOwn(CLASSES, target) ? CLASSES[target] : undefined;
  return kinds === undefined ? { by: 'name', name: target } : { by: 'kind', kinds };
}

/** Names go before expressions, and these before classes: the higher holds. */
export function targetRank(target: string): number {
  if (Object.hasOwn(CLASSES, target)) return 0;
  return target.startsWith(EXPRESSION) ? 1 : 2;
}
