import { refuse } from './refusal.js';

/** `1x3x224x224`; `scalar` for no dimensions. */
export function formatDimensions(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join('x');
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** An axis counted from the end where it is negative. */
export function axisOf(axis: number, rank: number, what = 'axis'): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    refuse(`its ${what} ${axis} is not one of the ${rank} of its input`);
  return axis < 0 ? axis + rank : axis;
}

/** Axes without repetition, ascending. */
export function axesOf(axes: readonly number[], rank: number): readonly number[] {
  const found = axes.map((axis) => axisOf(axis, rank));
  if (new Set(found).size !== found.length) refuse(`its axes ${axes.join(', ')} name one twice`);
  return found.toSorted((a, b) => a - b);
}

/**
 * The shape in which tensors meet element by element: aligned at their last axes, sizes equal or 1.
 *
 * @see https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md
 */
export function broadcast(shapes: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => alignedSize(shape, axis, rank)).filter((size) => size !== 1);
    const [first = 1] = sizes;
    if (sizes.some((size) => size !== first))
      refuse(`its inputs (${shapes.map(formatDimensions).join(', ')}) do not fit each other`);
    return first;
  });
}

/** Size of a shape along an axis of the wider shape that it is broadcast to. */
export function alignedSize(shape: readonly number[], axis: number, rank: number): number {
  return shape[axis - (rank - shape.length)] ?? 1;
}
