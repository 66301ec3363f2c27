import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { axesOf, formatDimensions, isSameShape } from '../graph/shapes.js';
import { imageLayout } from '../network/layout.js';
import type { Operator } from './operator.js';

/** Where an operator set has the scales and the sizes among a node's inputs. */
function inputsOf(operation: Operation): { readonly scales: number; readonly sizes: number | undefined } {
  if (operation.operator === 'Upsample' || operation.opset < 11) return { scales: 1, sizes: undefined };
  return { scales: 2, sizes: 3 };
}

function resizedShape(operation: Operation): readonly number[] {
  const { shape } = operation.input(0);
  const at = inputsOf(operation);
  const axes = axesOf(operation.integers('axes') ?? shape.map((_, axis) => axis), shape.length);
  const sizes = at.sizes === undefined ? undefined : operation.content(at.sizes, 'sizes');
  if (sizes !== undefined && sizes.length > 0) {
    checkCount(sizes, axes, 'sizes');
    return withPolicy(operation, shape, axes, sizes);
  }
  const scales =
    operation.floats('scales') ?? operation.content(at.scales, 'scales') ?? refuse('its scales are missing');
  checkCount(scales, axes, 'scales');
  // In single precision, as runtimes do it: 1.1 x 10 is 11 there.
  return shape.map((size, axis) =>
    axes.includes(axis) ? Math.floor(Math.fround(size * scales[axes.indexOf(axis)]!)) : size,
  );
}

/** Sizes may be bounds that keep the ratio of the axes. */
function withPolicy(
  operation: Operation,
  shape: readonly number[],
  axes: readonly number[],
  sizes: readonly number[],
): readonly number[] {
  const policy = operation.text('keep_aspect_ratio_policy', 'stretch');
  const ratios = sizes.map((size, index) => size / shape[axes[index]!]!);
  const factor = { not_larger: Math.min(...ratios), not_smaller: Math.max(...ratios) }[policy];
  return shape.map((size, axis) => {
    const index = axes.indexOf(axis);
    if (index < 0) return size;
    return factor === undefined ? sizes[index]! : Math.round(size * factor);
  });
}

function checkCount(list: readonly number[], axes: readonly number[], what: string): void {
  if (list.length !== axes.length) refuse(`it has ${list.length} ${what} for ${axes.length} axes`);
}

const resize: Operator = {
  infer(operation) {
    return [{ shape: resizedShape(operation), type: operation.input(0).type }];
  },
  place(operation, network) {
    const { shape } = operation.input(0);
    const made = operation.result(0).shape;
    const name = operation.inputName(0);
    if (isSameShape(shape, made)) {
      network.alias(operation, network.layoutOf(name), 'keeps the size');
      return;
    }
    if (shape.length > 4 || !isSameShape(shape.slice(0, 2), made.slice(0, 2)))
      refuse(
        `it resizes ${formatDimensions(shape)} to ${formatDimensions(made)}; only rows and columns can be resized`,
      );
    const layout = imageLayout(shape.length);
    // A cubic filter reads more neighbours than a linear one; both cost one operation for an output here.
    const mode = operation.text('mode', 'nearest') === 'nearest' ? 'nearest' : 'bilinear';
    const size = { height: made[2] ?? 1, width: made[3] ?? 1 };
    network.add(operation, { kind: 'resize', input: network.read(name, layout), mode, size }, layout);
  },
};

export const resizes = { Resize: resize, Upsample: resize } as const satisfies Record<string, Operator>;
