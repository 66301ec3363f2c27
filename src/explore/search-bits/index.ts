export { additiveFigureNames, additiveFigures, minimisedFigures } from './bit-figures.js';
export type { AdditiveFigureName, MinimisedFigure, MinimisedFigureName } from './bit-figures.js';
export { leastBudgets, type LeastBudget } from './least-budgets.js';
export { searchBits } from './search-bits.js';
export type { BitsAnswer, BitsPoint, ChosenLayer } from './bits-answer.js';
export type { BitsProgress, BitsQuestion } from './bits-question.js';
export type { LayerLosses } from './layer-losses.js';
