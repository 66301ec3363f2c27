import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { axisOf, elementsOf, formatDimensions } from '../graph/shapes.js';
import type { Result } from '../graph/value.js';
import { statedBits } from '../graph/value.js';
import { MAX_CONTENT_ELEMENTS } from '../limits.js';
import type { NetworkBuilder } from '../network/builder.js';
import type { Layout } from '../network/layout.js';
import { copyInput } from './copy-input.js';
import type { Operator } from './operator.js';

const concat: Operator = {
  infer(operation): readonly Result[] {
    const [first] = operation.inputs;
    if (first === undefined) return refuse('it has no inputs');
    const axis = axisOf(operation.integer('axis', 1), first.shape.length);
    let size = 0;
    for (const { shape } of operation.inputs) {
      if (shape.length !== first.shape.length || shape.some((own, at) => at !== axis && own !== first.shape[at]))
        refuse(`its inputs (${operation.inputs.map((input) => formatDimensions(input.shape)).join(', ')}) do not join`);
      size += shape[axis]!;
    }
    const widths = operation.inputs.map(statedBits);
    const bits = widths.every((width) => width !== undefined) ? Math.max(...widths) : undefined;
    return [{ shape: first.shape.with(axis, size), type: first.type, content: join(operation), bits }];
  },
  place: placeConcat,
};

/** Shapes are lists: their parts follow one another. */
function join(operation: Operation): readonly number[] | undefined {
  const contents = operation.inputs.map((input) => (input.shape.length === 1 ? input.content : undefined));
  if (contents.includes(undefined)) return undefined;
  const content = contents.flatMap((part) => part ?? []);
  return content.length <= MAX_CONTENT_ELEMENTS ? content : undefined;
}

function placeConcat(operation: Operation, network: NetworkBuilder): void {
  const names = operation.variableNames.filter((name) => elementsOf(network.value(name).shape) > 0);
  const { shape } = operation.result(0);
  const axis = axisOf(operation.integer('axis', 1), shape.length);
  const variable = names.reduce((sum, name) => sum + network.value(name).shape[axis]!, 0);
  if (names.length === 1) {
    if (variable === shape[axis]) network.alias(operation, network.layoutOf(names[0]!), 'its only input', 0, names[0]);
    // What is added is constant, as zeros or a class token are.
    else copyInput(operation, network);
    return;
  }
  const layout = alone(shape, axis, network.layoutOf(names[0]!));
  const inputs = names.map((name) => network.read(name, layout));
  const missing = shape[axis]! - variable;
  if (missing > 0) {
    const [first] = names;
    const makes = network.value(first!);
    const widened = { ...makes, shape: makes.shape.with(axis, makes.shape[axis]! + missing) };
    const options = { part: 'constants', makes: widened };
    inputs[0] = network.add(operation, { kind: 'copy', input: inputs[0]! }, layout, options);
  }
  const along = ({ channels: 'channels', height: 'rows', width: 'columns' } as const)[layout[axis]!];
  network.add(operation, { kind: 'concatenation', inputs, axis: along }, layout);
}

/** The layout as it is where the joined axis has a place of its own; else one in which it has. */
function alone(shape: readonly number[], axis: number, layout: Layout): Layout {
  const isAlone = shape.every((size, other) => other === axis || size === 1 || layout[other] !== layout[axis]);
  return isAlone ? layout : shape.map((_, other) => (other === axis ? 'channels' : 'height'));
}

export const joins = { Concat: concat } as const satisfies Record<string, Operator>;
