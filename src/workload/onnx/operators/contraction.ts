import { sameShape } from '../../tensor-shape.js';
import type { Operation } from '../graph/operation.js';
import { elementsOf } from '../graph/shapes.js';
import type { Value } from '../graph/value.js';
import type { NetworkBuilder } from '../network/builder.js';
import type { LayerFields } from '../network/layer-fields.js';
import { arrange } from '../network/layout.js';
import type { Layout } from '../network/layout.js';

/** What an axis of a factor is to a product: `group` axes are in both factors and it, `free` in one of them and it. */
export type Role = 'group' | 'free' | 'sum';

export interface Factor {
  readonly name: string;
  readonly value: Value;
  /** By axis of the value. */
  readonly roles: readonly Role[];
}

/** Which factor each axis of the product is from. */
export type ProductAxis = 'group' | 'left' | 'right';

/** A sum of products over axes of two tensors, as a matrix product is. */
export interface Contraction {
  readonly left: Factor;
  readonly right: Factor;
  readonly axes: readonly ProductAxis[];
}

/** Adds the layer that computes a contraction: linear, a grouped 1x1 convolution, or a product of activations. */
export function placeContraction(
  operation: Operation,
  network: NetworkBuilder,
  { left, right, axes }: Contraction,
): void {
  // Weights stand on the right.
  const [first, second] = left.value.isConstant ? [right, left] : [left, right];
  const columns: ProductAxis = left.value.isConstant ? 'left' : 'right';
  const groups = sizeOf(first, 'group');
  const layout = axes.map((axis) => (axis === columns || axis === 'group' ? 'channels' : 'height'));
  const input = network.read(first.name, layoutOf(first, ['group', 'sum']));
  const outputs = sizeOf(second, 'free');
  if (!second.value.isConstant) {
    const [across, along] = [layoutOf(second, ['group', 'sum']), layoutOf(second, ['group', 'free'])];
    // Where the second factor lies as keys do, it is read as keys are.
    const transposeSecond = isWhere(network, second, across);
    const inputs: [string, string] = [input, network.read(second.name, transposeSecond ? across : along)];
    network.add(operation, { kind: 'matmul', inputs, groups, transposeSecond, activation: 'none' }, layout, {
      folds: 'constants',
    });
    return;
  }
  const fields: LayerFields =
    groups === 1
      ? { kind: 'linear', input, outputFeatures: outputs, activation: 'none' }
      : { kind: 'convolution', input, outputChannels: groups * outputs, kernel: 1, groups, activation: 'none' };
  network.add(operation, fields, layout, { weights: second.value, folds: 'constants' });
}

/** Whether a factor would be read in this layout without a view. */
function isWhere(network: NetworkBuilder, { name, value: { shape } }: Factor, layout: Layout): boolean {
  return sameShape(arrange(shape, layout), arrange(shape, network.layoutOf(name)));
}

/** Axes of the given roles are channels, the others positions. */
function layoutOf(factor: Factor, channels: readonly Role[]): Layout {
  return factor.roles.map((role) => (channels.includes(role) ? 'channels' : 'height'));
}

function sizeOf({ value, roles }: Factor, role: Role): number {
  return elementsOf(value.shape.filter((_, axis) => roles[axis] === role));
}
