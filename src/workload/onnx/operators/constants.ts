import { dataTypeOf } from '../file/data-types.js';
import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { axisOf, elementsOf } from '../graph/shapes.js';
import type { Result } from '../graph/value.js';
import { MAX_CONTENT_ELEMENTS, MAX_RANK } from '../limits.js';
import type { Operator } from './operator.js';

/** What it makes does not depend on what enters the network, only on its shape. */
function constant(infer: (operation: Operation) => Result): Operator {
  return {
    infer: (operation) => [{ ...infer(operation), isConstant: true }],
    place: () => refuse('it was expected to be constant'),
  };
}

function valueOf(operation: Operation): Result {
  const tensor = operation.tensor('value');
  if (tensor !== undefined) return tensor;
  const float = operation.float('value_float', Number.NaN);
  if (!Number.isNaN(float)) return { shape: [], type: 'float32', content: [float] };
  const integer = operation.integer('value_int', Number.NaN);
  if (!Number.isNaN(integer)) return { shape: [], type: 'int64', content: [integer] };
  const integers = operation.integers('value_ints');
  if (integers !== undefined) return { shape: [integers.length], type: 'int64', content: integers };
  const floats = operation.floats('value_floats');
  if (floats !== undefined) return { shape: [floats.length], type: 'float32', content: floats };
  return refuse('its value is no tensor, number or list of numbers');
}

function filled(operation: Operation): Result {
  const shape = operation.content(0, 'shape') ?? refuse('its shape is missing');
  if (shape.length > MAX_RANK) refuse(`it makes a tensor of ${shape.length} dimensions`);
  const value = operation.tensor('value');
  const count = elementsOf(shape);
  const [fill] = value === undefined ? [0] : (value.content ?? []);
  const isSmall = fill !== undefined && count >= 0 && count <= MAX_CONTENT_ELEMENTS;
  const content = isSmall ? Array.from({ length: count }, () => fill) : undefined;
  return { shape, type: value?.type ?? 'float32', content };
}

function shapeOf(operation: Operation): Result {
  const { shape } = operation.input(0);
  const clamp = (at: number): number => Math.min(Math.max(at < 0 ? at + shape.length : at, 0), shape.length);
  const content = shape.slice(clamp(operation.integer('start', 0)), clamp(operation.integer('end', shape.length)));
  return { shape: [content.length], type: 'int64', content };
}

function range(operation: Operation): Result {
  const [start, limit, delta] = ['start', 'limit', 'delta'].map((what, index) => operation.content(index, what)?.[0]);
  if (start === undefined || limit === undefined || delta === undefined || delta === 0)
    return refuse('its start, limit and delta must be known, and the delta not 0');
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  const content =
    count <= MAX_CONTENT_ELEMENTS ? Array.from({ length: count }, (_, at) => start + at * delta) : undefined;
  return { shape: [count], type: operation.input(0).type, content };
}

function oneHot(operation: Operation): Result {
  const depth = operation.content(1, 'depth')?.[0] ?? refuse('its depth is missing');
  const { shape } = operation.input(0);
  const axis = axisOf(operation.integer('axis', -1), shape.length + 1);
  return { shape: shape.toSpliced(axis, 0, depth), type: operation.input(2).type };
}

/** Tensors of the file, and what follows from shapes alone. */
export const constants = {
  Constant: constant(valueOf),
  ConstantOfShape: constant(filled),
  Shape: constant(shapeOf),
  Size: constant((operation) => ({ shape: [], type: 'int64', content: [elementsOf(operation.input(0).shape)] })),
  Range: constant(range),
  EyeLike: constant((operation) => ({
    shape: operation.input(0).shape,
    type: dataTypeOf(operation.integer('dtype', 1)) ?? 'float32',
  })),
  /** As many elements as a table of all classes: made, not read. */
  OneHot: {
    infer: (operation) => [oneHot(operation)],
    place: () => refuse('a table of ones and zeros that is computed; look the numbers up instead (Gather)'),
  },
} as const satisfies Record<string, Operator>;
