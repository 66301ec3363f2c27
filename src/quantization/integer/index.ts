export { accumulatorBitsFor, accumulatorBitsOf, neededAccumulatorBits } from './accumulator-bits.js';
export type { IntegerOperands } from './integer-operands.js';
export { computeQuantized, type IntegerSums } from './quantized-layer.js';
export { sumIntegers } from './sum-integers.js';
