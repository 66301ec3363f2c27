import { formatShape } from '../tensor-shape.js';
import type { TensorShape } from '../tensor-shape.js';
import type { Report } from './layer-kind.js';

const AXES = ['channels', 'height', 'width'] as const;

/**
 * Shape of what is made element by element of tensors of which each has, along every axis, either the size of the
 * others or 1 (and is then repeated along it). Reports those that fit none of the ones before.
 */
export function broadcastShape(
  names: readonly string[],
  shapes: readonly TensorShape[],
  report: Report,
): TensorShape | undefined {
  let [whole] = shapes;
  for (const [index, shape] of shapes.entries()) {
    if (whole === undefined || index === 0) continue;
    const { channels, height, width } = whole;
    if (AXES.every((axis) => shape[axis] === whole![axis] || shape[axis] === 1 || whole![axis] === 1)) {
      whole = {
        channels: Math.max(channels, shape.channels),
        height: Math.max(height, shape.height),
        width: Math.max(width, shape.width),
      };
      continue;
    }
    const rule = `must have the shape of "${names[0]}", ${formatShape(whole)}, or 1 along an axis where it is repeated`;
    report(['inputs', index], rule, `"${names[index]}", ${formatShape(shape)}`);
  }
  return whole;
}
