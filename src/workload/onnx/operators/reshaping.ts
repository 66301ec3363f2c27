import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { axesOf, axisOf, elementsOf, formatDimensions } from '../graph/shapes.js';
import type { Result } from '../graph/value.js';
import { statedBits } from '../graph/value.js';
import type { NetworkBuilder } from '../network/builder.js';
import { reshapeLayout, transposeLayout } from '../network/layout.js';
import { dataTypeOf } from '../file/data-types.js';
import type { Operator } from './operator.js';

/** The same elements in another shape: nothing moves. */
function reshape(shapeOf: (operation: Operation) => readonly number[]): Operator {
  return {
    infer(operation) {
      const input = operation.input(0);
      const shape = shapeOf(operation);
      if (elementsOf(shape) !== elementsOf(input.shape))
        refuse(`it makes ${formatDimensions(shape)} of ${formatDimensions(input.shape)}, which has other elements`);
      return [{ shape, type: input.type, content: input.content, bits: statedBits(input) }];
    },
    place: placeReshaped,
  };
}

/** A view of the input in the output's shape. */
export function placeReshaped(operation: Operation, network: NetworkBuilder): void {
  const input = operation.inputName(0);
  const layout = reshapeLayout(operation.input(0).shape, network.layoutOf(input), operation.result(0).shape);
  network.alias(operation, layout, 'a view of its input');
}

/** The same elements in the same shape, but for their type. */
function same(reason: string, typeOf?: (operation: Operation) => Result['type']): Operator {
  return {
    infer(operation) {
      const input = operation.input(0);
      const type = typeOf?.(operation) ?? input.type;
      const content = type.includes('int') ? input.content?.map(Math.trunc) : input.content;
      return [{ shape: input.shape, type, content, bits: statedBits(input) }];
    },
    place(operation, network) {
      network.alias(operation, network.layoutOf(operation.inputName(0)), reason);
    },
  };
}

function newShape(operation: Operation): readonly number[] {
  const { shape } = operation.input(0);
  const asked = operation.list('shape', 1) ?? refuse('its shape is missing');
  const keepsZero = operation.integer('allowzero', 0) === 1;
  const sizes = asked.map((size, axis) =>
    size === 0 && !keepsZero
      ? (shape[axis] ?? refuse('its shape takes over a size that its input does not have'))
      : size,
  );
  const open = sizes.filter((size) => size === -1).length;
  if (open > 1 || sizes.some((size) => size < -1))
    refuse(`its shape (${asked.join(', ')}) leaves more than one size open`);
  const known = elementsOf(sizes.filter((size) => size !== -1));
  return sizes.map((size) => (size === -1 ? elementsOf(shape) / Math.max(1, known) : size));
}

function flattened(operation: Operation): readonly number[] {
  const { shape } = operation.input(0);
  const axis = operation.integer('axis', 1);
  const at = axis === shape.length ? axis : axisOf(axis, shape.length);
  return [elementsOf(shape.slice(0, at)), elementsOf(shape.slice(at))];
}

function squeezed(operation: Operation): readonly number[] {
  const { shape } = operation.input(0);
  const asked = operation.list('axes', 1);
  const axes =
    asked === undefined ? shape.flatMap((size, axis) => (size === 1 ? [axis] : [])) : axesOf(asked, shape.length);
  return shape.filter((size, axis) => {
    if (!axes.includes(axis)) return true;
    return size === 1 ? false : refuse(`it takes away axis ${axis}, whose size is ${size}, not 1`);
  });
}

function unsqueezed(operation: Operation): readonly number[] {
  const { shape } = operation.input(0);
  const asked = operation.list('axes', 1) ?? refuse('its axes are missing');
  const rank = shape.length + asked.length;
  const axes = axesOf(asked, rank);
  const sizes = [...shape];
  return Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : sizes.shift()!));
}

const transpose: Operator = {
  infer(operation) {
    const { shape, type, content } = operation.input(0);
    const permutation = permutationOf(operation);
    return [
      {
        shape: permutation.map((axis) => shape[axis]!),
        type,
        content: content && permute(content, shape, permutation),
        bits: statedBits(operation.input(0)),
      },
    ];
  },
  place(operation, network) {
    const layout = transposeLayout(network.layoutOf(operation.inputName(0)), permutationOf(operation));
    network.alias(operation, layout, 'its readers address its input in another order');
  },
};

/** The elements of a small tensor in the order of its axes changed. */
function permute(
  content: readonly number[],
  shape: readonly number[],
  permutation: readonly number[],
): readonly number[] {
  const steps = shape.map((_, axis) => elementsOf(shape.slice(axis + 1)));
  return content.map((_, at) => {
    let from = 0;
    let left = at;
    for (const axis of permutation.toReversed()) {
      from += (left % shape[axis]!) * steps[axis]!;
      left = Math.floor(left / shape[axis]!);
    }
    return content[from]!;
  });
}

function permutationOf(operation: Operation): readonly number[] {
  const rank = operation.input(0).shape.length;
  const permutation = operation.integers('perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  if (permutation.length !== rank || axesOf(permutation, rank).length !== rank)
    refuse(`its perm (${permutation.join(', ')}) is no order of ${rank} axes`);
  return permutation.map((axis) => axisOf(axis, rank));
}

/** Blocks of positions become channels, or the other way round: an order, like a transposition. */
function blocks(
  sizes: (block: number, channels: number, rows: number, columns: number) => readonly number[],
): Operator {
  return {
    infer(operation) {
      const { shape, type } = operation.input(0);
      const block = operation.integer('blocksize', 1);
      const [samples, channels, rows, columns] = shape;
      if (shape.length !== 4 || block < 1) return refuse(`its input (${formatDimensions(shape)}) must be an image`);
      const made = [samples!, ...sizes(block, channels!, rows!, columns!)];
      if (made.some((size) => !Number.isInteger(size)))
        refuse(`its blocksize ${block} does not divide ${formatDimensions(shape)}`);
      return [{ shape: made, type, bits: statedBits(operation.input(0)) }];
    },
    place(operation, network) {
      network.alias(
        operation,
        ['channels', 'channels', 'height', 'width'],
        'its readers address its input in another order',
      );
    },
  };
}

/** To the type that an attribute names. Quantizers use it too, so the width that they gave holds. */
const castType = (operation: Operation): Result['type'] =>
  dataTypeOf(operation.integer('to', 1)) ??
  refuse(`it casts to type ${operation.integer('to', 1)}, which ONNX has not`);

/** Operators after which the elements are what they were, in another order, shape or type. */
export const reshapes = {
  Reshape: reshape(newShape),
  Flatten: reshape(flattened),
  Squeeze: reshape(squeezed),
  Unsqueeze: reshape(unsqueezed),
  Transpose: transpose,
  DepthToSpace: blocks((block, channels, rows, columns) => [channels / block ** 2, rows * block, columns * block]),
  SpaceToDepth: blocks((block, channels, rows, columns) => [channels * block ** 2, rows / block, columns / block]),
  Identity: same('its input itself'),
  Dropout: same('does nothing at inference'),
  Cast: same('another type of the same elements', castType),
  CastLike: same('another type of the same elements', (operation) => operation.input(1).type),
} as const satisfies Record<string, Operator>;
