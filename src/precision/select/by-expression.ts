import { failure } from '../../errors.js';
import { compileExpression } from './expression-matcher.js';
import { ExpressionError } from './expression-parser.js';
import { asName, onlyLayers } from './selector.js';
import type { Selector } from './selector.js';

export interface ExpressionSelection {
  readonly by: 'expression';
  /** A regular expression of Python that a layer's name has to begin with. */
  readonly expression: string;
}

export const byExpression: Selector<ExpressionSelection> = {
  description: 'layers whose names fit a regular expression',
  names: false,
  renamed: asName,
  select(network, { expression }) {
    try {
      const fits = compileExpression(expression);
      return onlyLayers(network.layers.filter((layer) => fits(layer.name)).map((layer) => layer.index));
    } catch (error) {
      if (error instanceof ExpressionError) throw failure('expression', '', error.message, expression);
      throw error;
    }
  },
  miss: (network) => ({ rule: `fits no layer of ${network.name}` }),
};
