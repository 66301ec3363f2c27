/** Shape of a tensor for one sample. A sequence is `channels` features by `height` positions, `width` 1. */
export interface TensorShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Elements of one sample. */
export function shapeElements(shape: TensorShape): number {
  return shape.channels * shape.height * shape.width;
}

export function sameShape(a: TensorShape, b: TensorShape): boolean {
  return a.channels === b.channels && a.height === b.height && a.width === b.width;
}

/** Channels x height x width: `64x56x56`. */
export function formatShape(shape: TensorShape): string {
  return `${shape.channels}x${shape.height}x${shape.width}`;
}
