import type { TensorShape } from '../../tensor-shape.js';

/** Where an axis of an ONNX tensor lies in a tensor of the network. Several may share one: they are multiplied. */
export type Axis = 'channels' | 'height' | 'width';

/** For each axis of an ONNX tensor its place. The order of axes that share one does not matter: views are free. */
export type Layout = readonly Axis[];

/** Shape of the network's tensor that holds an ONNX tensor in a layout. */
export function arrange(shape: readonly number[], layout: Layout): TensorShape {
  const sizes = { channels: 1, height: 1, width: 1 };
  for (const [axis, size] of shape.entries()) sizes[layout[axis]!] *= size;
  return sizes;
}

/** Samples x channels x rows x columns, as convolutions see it; the samples are one where there is a choice. */
export function imageLayout(rank: number): Layout {
  return (['channels', 'channels', 'height', 'width'] as const).slice(0, rank);
}

/** Positions x features, as matrix products see it. */
export function sequenceLayout(rank: number): Layout {
  return Array.from({ length: rank }, (_, axis) => (axis === rank - 1 ? 'channels' : 'height'));
}

/** What is likely where nothing is known: images of four dimensions, else sequences. */
export function likelyLayout(rank: number): Layout {
  return rank === 4 ? imageLayout(rank) : sequenceLayout(rank);
}

/**
 * A layout of a reshaped tensor in which it looks as before, as far as there is one: axes that were split or merged
 * stay where they were.
 */
export function reshapeLayout(from: readonly number[], layout: Layout, to: readonly number[]): Layout {
  const places: Axis[] = [];
  let source = 0;
  let target = 0;
  while (target < to.length) {
    // The next run of axes on either side with the same number of elements.
    let given = 1;
    let wanted = 1;
    const here = new Set<Axis>();
    const first = target;
    do {
      if (given <= wanted && source < from.length) {
        if (from[source]! > 1) here.add(layout[source]!);
        given *= from[source]!;
        source += 1;
      } else {
        if (target === to.length) break;
        wanted *= to[target]!;
        target += 1;
      }
    } while (given !== wanted || target === first);
    const [only] = here;
    // Axes that lay apart and are one now have no common place: flattened channels are features, all else positions.
    const place = only !== undefined && here.size === 1 ? only : here.has('channels') ? 'channels' : 'height';
    while (places.length < target) places.push(place);
  }
  return places;
}

/** The layout of a transposed tensor: each axis stays where it was. */
export function transposeLayout(layout: Layout, permutation: readonly number[]): Layout {
  return permutation.map((axis) => layout[axis]!);
}
