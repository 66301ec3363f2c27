import { inputStationary } from './input-stationary.js';
import { outputStationary } from './output-stationary.js';
import type { SystolicDataflow } from './systolic-dataflow.js';
import { weightStationary } from './weight-stationary.js';

export { lowerConvolution, raiseOutputs, type ConvolutionOperands } from './lower-convolution.js';
export type { MatrixProduct, ProductRun } from './matrix-product.js';
export type { OperandFormat } from './operand-format.js';
export { playProduct } from './play-product.js';
export type { SystolicArray } from './systolic-array.js';
export type { SystolicDataflow } from './systolic-dataflow.js';

/** Every dataflow that can be played register by register. */
export const systolicDataflows = {
  'weight-stationary': weightStationary,
  'output-stationary': outputStationary,
  'input-stationary': inputStationary,
} as const satisfies Record<string, SystolicDataflow>;

export type SystolicDataflowName = keyof typeof systolicDataflows;
