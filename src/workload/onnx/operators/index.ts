import { activations } from './activation.js';
import { constants } from './constants.js';
import { convolutions } from './convolution.js';
import { elementwiseOperators } from './elementwise.js';
import { gathers } from './gathering.js';
import { joins } from './joining.js';
import { einsums } from './einsum.js';
import { products } from './matrix.js';
import { normalizations } from './normalization.js';
import type { Operator } from './operator.js';
import { pools } from './pooling.js';
import { quantizers } from './quantization.js';
import { reductions } from './reductions.js';
import { reshapes } from './reshaping.js';
import { resizes } from './resize.js';
import { slices } from './slicing.js';

/** Every operator that is understood, by its name in ONNX or in a domain that extends it. */
export const operators = {
  ...convolutions,
  ...products,
  ...einsums,
  ...pools,
  ...elementwiseOperators,
  ...activations,
  ...normalizations,
  ...resizes,
  ...joins,
  ...slices,
  ...gathers,
  ...reshapes,
  ...reductions,
  ...constants,
  ...quantizers,
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

/** Domains whose operators mean what the table says: ONNX itself, its runtime's, and those of QONNX over time. */
const domains = new Set(['', 'com.microsoft', 'qonnx.custom_op.general', 'finn.custom_op.general', 'onnx.brevitas']);

export function operatorOf(name: string, domain: string): Operator | undefined {
  return domains.has(domain) && isOperator(name) ? operators[name] : undefined;
}

function isOperator(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}

export type { Operator } from './operator.js';
