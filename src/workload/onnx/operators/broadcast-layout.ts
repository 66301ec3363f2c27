import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { alignedSize, isSameShape } from '../graph/shapes.js';
import type { NetworkBuilder } from '../network/builder.js';
import { likelyLayout } from '../network/layout.js';
import type { Axis, Layout } from '../network/layout.js';

/**
 * A layout of what an operation makes of its inputs, element by element, in which each input has either all of
 * channels, rows and columns or one of them, as layers repeat them.
 */
export function broadcastLayout(operation: Operation, network: NetworkBuilder, shape: readonly number[]): Layout {
  const names = operation.variableNames;
  const shapes = names.map((name) => network.value(name).shape);
  const alike = names.find((_, index) => isSameShape(shapes[index]!, shape));
  const candidates = [...(alike === undefined ? [] : [network.layoutOf(alike)]), likelyLayout(shape.length)];
  return candidates.find((layout) => isRepeatable(shape, shapes, layout)) ?? groupAxes(shape, shapes);
}

function isRepeatable(shape: readonly number[], shapes: readonly (readonly number[])[], layout: Layout): boolean {
  return shapes.every((own) => {
    const seen = new Map<Axis, boolean>();
    return shape.every((size, axis) => {
      if (size === 1) return true;
      const isRepeated = alignedSize(own, axis, shape.length) === 1;
      const place = layout[axis]!;
      const before = seen.get(place) ?? isRepeated;
      seen.set(place, isRepeated);
      return before === isRepeated;
    });
  });
}

/** Axes along which the same inputs are repeated lie together. Two inputs make three sorts of axes at most. */
function groupAxes(shape: readonly number[], shapes: readonly (readonly number[])[]): Layout {
  const sorts = new Map<string, Axis>();
  const free: Axis[] = ['width', 'height', 'channels'];
  return shape.map((size, axis): Axis => {
    if (size === 1) return 'height';
    const sort = shapes.map((own) => (alignedSize(own, axis, shape.length) === 1 ? 'repeated' : 'own')).join();
    const place = sorts.get(sort) ?? free.pop() ?? refuse('its inputs are repeated in more ways than a layer can');
    sorts.set(sort, place);
    return place;
  });
}
