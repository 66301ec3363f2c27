import { formatShape } from '../tensor-shape.js';
import type { TensorShape } from '../tensor-shape.js';
import type { LayerGeometry, Report } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const AXES = ['channels', 'height', 'width'] as const;

/** A layer that makes each element of its output of one element of each input, repeated where an input is smaller. */
export function broadcastGeometry(
  names: readonly string[],
  shapes: readonly TensorShape[],
  operationsPerOutput: number,
  report: Report,
): LayerGeometry | undefined {
  const output = broadcastShape(names, shapes, report);
  if (output === undefined) return undefined;
  return { output, nest: pointNest(output.channels, 1, 1, output.height, output.width), operationsPerOutput };
}

/**
 * Shape of what is made element by element of tensors of which each has, along every axis, either the size of the
 * others or 1 (and is then repeated along it). Reports those that fit none of the ones before.
 */
function broadcastShape(
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
