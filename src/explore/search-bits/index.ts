export { additiveFigureNames, additiveFigures, minimisedFigures } from './bit-figures.js';
export type { AdditiveFigureName, LayerLosses, MinimisedFigure, MinimisedFigureName } from './bit-figures.js';
export { leastBudgets, type LeastBudget } from './least-budgets.js';
export { searchBits } from './search-bits.js';
export type { BitsAnswer, BitsPoint, BitsProgress, BitsQuestion, ChosenLayer } from './search-bits.js';
