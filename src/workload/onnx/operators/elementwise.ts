import type { LayerJson } from '../../schema.js';
import type { ActivationFunction } from '../../kinds/activation-functions.js';
import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { broadcast, elementsOf, isSameShape } from '../graph/shapes.js';
import type { Result, Value } from '../graph/value.js';
import { repeat } from '../graph/repeat.js';
import type { NetworkBuilder } from '../network/builder.js';
import { placeActivation } from './activation.js';
import { broadcastLayout } from './broadcast-layout.js';
import type { Operator } from './operator.js';
import { copyInput } from './copy-input.js';

type ElementwiseFunction = Extract<LayerJson, { kind: 'elementwise' }>['function'];

interface BinaryTraits {
  /** The layer where two inputs are computed. */
  readonly layer: 'addition' | ElementwiseFunction;
  /** What it is where only one of them is; what the constants are may matter. */
  readonly withConstant: (constants: readonly Value[]) => ActivationFunction;
  /** The same where the constant stands first and that makes a difference. */
  readonly ofConstant?: ActivationFunction;
  /** Constants of it can be part of the layer before: a bias, or the scale of its output. */
  readonly absorbed?: 'bias' | 'factor';
  readonly compute?: (a: number, b: number) => number;
  /** Types: as the first input, unless it answers yes or no. */
  readonly isTest?: boolean;
  /** Inputs at which its operands stand, where they do not come one after the other. */
  readonly operands?: readonly number[];
}

/** Shapes are worked out of a few numbers at a time. */
const MAX_FOLDED_INPUTS = 16;

/** A function of two tensors, or of several in a row, element by element. */
function elementwise(traits: BinaryTraits): Operator {
  return {
    infer: (operation) => [inferElementwise(operation, traits)],
    place: (operation, network) => placeElementwise(operation, network, traits),
  };
}

function inferElementwise(operation: Operation, { compute, isTest = false, operands }: BinaryTraits): Result {
  const inputs = operands === undefined ? operation.inputs : operands.map((index) => operation.input(index));
  if (inputs.length === 0) refuse('it has no inputs');
  const shape = broadcast(inputs.map((input) => input.shape));
  const type = isTest ? 'bool' : inputs[0]!.type;
  if (compute === undefined || inputs.length > MAX_FOLDED_INPUTS) return { shape, type };
  const contents = inputs.flatMap((input) => {
    const repeated = input.content && repeat(input.content, input.shape, shape);
    return repeated === undefined ? [] : [repeated];
  });
  if (contents.length < inputs.length) return { shape, type };
  const content = contents.reduce((a, b) => a.map((value, at) => compute(value, b[at]!)));
  return { shape, type, content: type.startsWith('float') ? content : content.map(Math.trunc) };
}

function placeElementwise(operation: Operation, network: NetworkBuilder, traits: BinaryTraits): void {
  const names = operation.variableNames;
  const constants = operation.inputs.filter((value) => value.isConstant);
  if (names.length === 1) {
    placeWithConstants(operation, network, traits, constants);
    return;
  }
  const { shape } = operation.result(0);
  const layout = broadcastLayout(operation, network, shape);
  const inputs = names.map((name) => network.read(name, layout.slice(shape.length - network.value(name).shape.length)));
  const [first, second, ...others] = inputs;
  if (traits.layer === 'addition') {
    network.add(operation, { kind: 'addition', inputs, activation: 'none' }, layout);
    return;
  }
  if (others.length > 0) refuse(`it has ${names.length} inputs that are computed; only two are known`);
  const pair: [string, string] = [first!, second!];
  network.add(operation, { kind: 'elementwise', function: traits.layer, inputs: pair, activation: 'none' }, layout);
}

/** One operand is computed, the others are constants. */
function placeWithConstants(
  operation: Operation,
  network: NetworkBuilder,
  traits: BinaryTraits,
  constants: readonly Value[],
): void {
  const [name] = operation.variableNames;
  const result = operation.result(0);
  if (!isSameElements(network.value(name!).shape, result.shape)) {
    copyInput(operation, network);
    return;
  }
  if (traits.ofConstant !== undefined && operation.inputName(0) !== name) {
    placeActivation(operation, network, traits.ofConstant);
    return;
  }
  const constantElements = Math.max(0, ...constants.map((value) => elementsOf(value.shape)));
  // A bias or scale has a number for each channel at most.
  const isSmall = constants.every(({ shape }) => shape.filter((size) => size > 1).length <= 1);
  const isScalar = constantElements <= 1;
  if (traits.absorbed !== undefined && isSmall && network.absorb(operation, isScalar)) return;
  if (!isSmall)
    network.note(
      `${operation.operator} "${operation.name || operation.outputName(0)}" reads ${constantElements} constants, whose traffic is not counted`,
    );
  placeActivation(operation, network, traits.withConstant(constants));
}

function isSameElements(a: readonly number[], b: readonly number[]): boolean {
  return isSameShape(a, b) || elementsOf(a) === elementsOf(b);
}

const scale = (): ActivationFunction => 'scale';
const mask = (): ActivationFunction => 'mask';
const truth = (value: boolean): number => (value ? 1 : 0);

function clipOrRelu(constants: readonly Value[]): ActivationFunction {
  return constants.every(({ content }) => content?.every((value) => value === 0) === true) ? 'relu' : 'clip';
}

function powerOf(constants: readonly Value[]): ActivationFunction {
  const exponent = constants[0]?.content?.[0];
  return exponent === 2 ? 'square' : exponent === 0.5 ? 'square-root' : exponent === -1 ? 'reciprocal' : 'exponential';
}

const add = { layer: 'addition', withConstant: scale, absorbed: 'bias' } as const;
const multiply = { layer: 'multiply', withConstant: scale, absorbed: 'factor' } as const;
/** Factor, scale, zero point, factor, scale, zero point, output scale and zero point. */
const operands = [0, 3] as const;

const test = (compute: (a: number, b: number) => boolean): Operator =>
  elementwise({
    layer: 'compare',
    withConstant: mask,
    isTest: true,
    compute: (a, b) => truth(compute(a, b)),
  });

/** Elements of one tensor or another, as a third says. */
const select: Operator = {
  infer(operation) {
    const inputs = [0, 1, 2].map((index) => operation.input(index));
    const shape = broadcast(inputs.map((input) => input.shape));
    const [condition, yes, no] = inputs.map((input) => input.content && repeat(input.content, input.shape, shape));
    const content = yes && no && condition?.map((value, at) => (value === 0 ? no[at]! : yes[at]!));
    return [{ shape, type: operation.input(1).type, content }];
  },
  place(operation, network) {
    const names = operation.variableNames;
    // A choice costs what a product with a mask does; where both sides are computed, what a sum of all three does.
    const layer = names.length > 2 ? 'addition' : 'multiply';
    placeElementwise(operation, network, { layer, withConstant: mask });
  },
};

/** Functions of several tensors, element by element. */
export const elementwiseOperators = {
  Add: elementwise({ ...add, compute: (a, b) => a + b }),
  Sum: elementwise({ ...add, compute: (a, b) => a + b }),
  /** A sum; its last factor is part of what comes after. */
  Mean: elementwise({ ...add }),
  QLinearAdd: elementwise({ ...add, operands }),
  Sub: elementwise({ layer: 'subtract', withConstant: scale, absorbed: 'bias', compute: (a, b) => a - b }),
  Mul: elementwise({ ...multiply, compute: (a, b) => a * b }),
  QLinearMul: elementwise({ ...multiply, operands }),
  Div: elementwise({
    layer: 'divide',
    withConstant: scale,
    ofConstant: 'reciprocal',
    absorbed: 'factor',
    compute: (a, b) => a / b,
  }),
  Mod: elementwise({ layer: 'divide', withConstant: scale, compute: (a, b) => a - b * Math.floor(a / b) }),
  Pow: elementwise({ layer: 'power', withConstant: powerOf, ofConstant: 'exponential', compute: (a, b) => a ** b }),
  Max: elementwise({ layer: 'maximum', withConstant: clipOrRelu, compute: Math.max }),
  Min: elementwise({ layer: 'minimum', withConstant: () => 'clip', compute: Math.min }),
  Where: select,
  Equal: test((a, b) => a === b),
  Less: test((a, b) => a < b),
  LessOrEqual: test((a, b) => a <= b),
  Greater: test((a, b) => a > b),
  GreaterOrEqual: test((a, b) => a >= b),
  And: test((a, b) => a !== 0 && b !== 0),
  Or: test((a, b) => a !== 0 || b !== 0),
  Xor: test((a, b) => (a !== 0) !== (b !== 0)),
} as const satisfies Record<string, Operator>;
