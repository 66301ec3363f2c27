import { dataTypes, isNarrow } from '../file/data-types.js';
import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { elementsOf } from '../graph/shapes.js';
import { statedBits } from '../graph/value.js';
import type { Result } from '../graph/value.js';
import type { ActivationFunction } from '../../kinds/activation-functions.js';
import type { NetworkBuilder } from '../network/builder.js';
import type { Operator } from './operator.js';

interface UnaryTraits {
  /** What it makes of a number, where shapes are computed with it. */
  readonly compute?: (value: number) => number;
  /** Its output needs no more bits than its input: it drops values and makes no new ones. */
  readonly keepsBits?: boolean;
}

/** A function of one tensor, by itself or on the way out of the layer that makes its input. */
function unary(name: ActivationFunction, { compute, keepsBits = false }: UnaryTraits = {}): Operator {
  return {
    infer: (operation) => [inferUnary(operation, keepsBits, compute)],
    place: (operation, network) => placeActivation(operation, network, name),
  };
}

export function inferUnary(operation: Operation, keepsBits: boolean, compute?: (value: number) => number): Result {
  const input = operation.input(0);
  const content = compute === undefined ? undefined : input.content?.map(compute);
  return { shape: input.shape, type: input.type, content, bits: keepsBits ? statedBits(input) : undefined };
}

/** @param input the value it is applied to, if that is not the node's first */
export function placeActivation(operation: Operation, network: NetworkBuilder, name: ActivationFunction): void {
  const [input] = operation.variableNames;
  if (elementsOf(network.value(input!).shape) !== elementsOf(operation.result(0).shape))
    refuse('its first input is a constant, which is known of its others only');
  if (network.fuse(operation, name)) return;
  const layout = network.layoutOf(input!);
  const fields = { kind: 'activation', function: name, input: network.read(input!) } as const;
  network.add(operation, fields, layout, { folds: 'numbers' });
}

/** Clip is named by its bounds; on integers it narrows them to the bits that it leaves. */
const clip: Operator = {
  infer(operation) {
    const { lowest, highest } = bounds(operation);
    const compute = (value: number): number => Math.min(Math.max(value, lowest), highest);
    const result = inferUnary(operation, true, compute);
    const levels = highest - lowest + 1;
    if (result.bits === undefined || !isInteger(operation) || !Number.isFinite(levels) || levels < 2) return [result];
    return [{ ...result, bits: Math.min(result.bits, Math.ceil(Math.log2(levels))) }];
  },
  place(operation, network) {
    const { lowest, highest } = bounds(operation);
    if (isInteger(operation)) {
      network.alias(operation, network.layoutOf(operation.inputName(0)), 'narrows integers to the bits that it leaves');
      return;
    }
    const name =
      lowest !== 0 ? 'clip' : highest === 6 ? 'relu6' : highest === Number.POSITIVE_INFINITY ? 'relu' : 'clip';
    placeActivation(operation, network, name);
  },
};

/** Between a quantizer and its reverse it says how many of the integer's bits are used. */
function isInteger(operation: Operation): boolean {
  const { type } = operation.input(0);
  return isNarrow(type) && dataTypes[type].family === 'integer';
}

function bounds(operation: Operation): { readonly lowest: number; readonly highest: number } {
  const lowest = operation.has(1) ? operation.input(1).content?.[0] : operation.float('min', Number.NEGATIVE_INFINITY);
  const highest = operation.has(2) ? operation.input(2).content?.[0] : operation.float('max', Number.POSITIVE_INFINITY);
  return { lowest: lowest ?? Number.NEGATIVE_INFINITY, highest: highest ?? Number.POSITIVE_INFINITY };
}

/** Half a number away from zero rounds to the even one. */
function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Functions of one tensor. Tables of the vector unit hold any of them, so rare ones go by the name of a like one. */
export const activations = {
  Relu: unary('relu', { keepsBits: true }),
  LeakyRelu: unary('leaky-relu'),
  QLinearLeakyRelu: unary('leaky-relu'),
  PRelu: unary('prelu'),
  Elu: unary('elu'),
  Selu: unary('selu'),
  Celu: unary('celu'),
  ThresholdedRelu: unary('threshold', { keepsBits: true }),
  Shrink: unary('threshold'),
  Clip: clip,
  Sigmoid: unary('sigmoid'),
  QLinearSigmoid: unary('sigmoid'),
  HardSigmoid: unary('hard-sigmoid'),
  HardSwish: unary('hard-swish'),
  Swish: unary('silu'),
  QuickGelu: unary('silu'),
  Mish: unary('mish'),
  Gelu: unary('gelu'),
  FastGelu: unary('gelu'),
  BiasGelu: unary('gelu'),
  Tanh: unary('tanh'),
  Softplus: unary('softplus'),
  Softsign: unary('softsign'),
  Erf: unary('error-function'),
  Exp: unary('exponential', { compute: Math.exp }),
  Log: unary('logarithm', { compute: Math.log }),
  Sqrt: unary('square-root', { compute: Math.sqrt }),
  Reciprocal: unary('reciprocal', { compute: (value) => 1 / value }),
  Abs: unary('absolute', { compute: Math.abs }),
  Neg: unary('negate', { compute: (value) => -value }),
  Sign: unary('sign', { compute: Math.sign }),
  Floor: unary('floor', { compute: Math.floor }),
  Ceil: unary('ceiling', { compute: Math.ceil }),
  Round: unary('round', { compute: roundToEven }),
  Sin: unary('sine'),
  Cos: unary('cosine'),
  Tan: unary('sine'),
  Asin: unary('sine'),
  Acos: unary('cosine'),
  Atan: unary('sine'),
  Sinh: unary('exponential'),
  Cosh: unary('exponential'),
  Asinh: unary('logarithm'),
  Acosh: unary('logarithm'),
  Atanh: unary('logarithm'),
  Not: unary('mask', { compute: (value) => (value === 0 ? 1 : 0) }),
  BitwiseNot: unary('mask'),
  IsNaN: unary('mask'),
  IsInf: unary('mask'),
} as const satisfies Record<string, Operator>;
