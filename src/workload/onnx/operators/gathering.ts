import { refuse } from '../graph/refusal.js';
import { axisOf, formatDimensions } from '../graph/shapes.js';
import { statedBits } from '../graph/value.js';
import { copyInput } from './copy-input.js';
import { sequenceLayout } from '../network/layout.js';
import type { Operator } from './operator.js';

/** Rows of a table by their numbers: an embedding where the table is constant, a selection where the numbers are. */
const gather: Operator = {
  infer(operation) {
    const [data, indices] = [operation.input(0), operation.input(1)];
    const axis = axisOf(operation.integer('axis', 0), data.shape.length);
    const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
    return [{ shape, type: data.type, content: pick(data, indices.content), bits: statedBits(data) }];
  },
  place(operation, network) {
    const [data, indices] = [operation.input(0), operation.input(1)];
    const axis = axisOf(operation.integer('axis', 0), data.shape.length);
    if (!data.isConstant) {
      if (!indices.isConstant) refuse('both its table and its numbers are computed; one of them must be constant');
      if (!isRange(indices.content)) {
        copyInput(operation, network);
        return;
      }
      // One position, or several in a row: the axis is taken away or shorter.
      const layout = network.layoutOf(operation.inputName(0));
      const place = layout[axis]!;
      network.slice(operation, [
        ...layout.slice(0, axis),
        ...indices.shape.map(() => place),
        ...layout.slice(axis + 1),
      ]);
      return;
    }
    const [rows = 0, features = 0] = data.shape;
    if (axis !== 0 || data.shape.length !== 2)
      refuse(`its table (${formatDimensions(data.shape)}, axis ${axis}) must be rows x features, looked up by row`);
    const input = network.read(
      operation.inputName(1),
      indices.shape.map(() => 'height'),
    );
    network.add(operation, { kind: 'embedding', input, rows, features }, sequenceLayout(indices.shape.length + 1), {
      weights: data,
    });
  },
};

function pick(
  data: { readonly shape: readonly number[]; readonly content?: readonly number[] | undefined },
  indices: readonly number[] | undefined,
): readonly number[] | undefined {
  if (data.shape.length !== 1 || data.content === undefined || indices === undefined) return undefined;
  const size = data.content.length;
  return indices.map((index) => {
    const at = index < 0 ? index + size : index;
    return data.content![at] ?? refuse(`it reads element ${index} of ${size}`);
  });
}

/** Numbers that follow one another, so that what they select lies together. */
function isRange(indices: readonly number[] | undefined): boolean {
  return indices !== undefined && indices.every((index, at) => at === 0 || index === indices[at - 1]! + 1);
}

/** Numbers for single elements: moved one by one. */
const gatherElements: Operator = {
  infer(operation) {
    const [data, indices] = [operation.input(0), operation.input(1)];
    return [{ shape: indices.shape, type: data.type, bits: statedBits(data) }];
  },
  place(operation, network) {
    if (operation.input(0).isConstant) refuse('its table is constant and its numbers are for single elements');
    copyInput(operation, network);
  },
};

const gatherSlices: Operator = {
  infer(operation) {
    const [data, indices] = [operation.input(0), operation.input(1)];
    const batch = operation.integer('batch_dims', 0);
    const depth = indices.shape.at(-1) ?? refuse('its indices must not be a scalar');
    if (batch < 0 || batch + depth > data.shape.length) refuse('its indices have more axes than its data');
    const shape = [...indices.shape.slice(0, -1), ...data.shape.slice(batch + depth)];
    return [{ shape, type: data.type, bits: statedBits(data) }];
  },
  place: gatherElements.place,
};

export const gathers = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherSlices,
} as const satisfies Record<string, Operator>;
