import { MAX_CONTENT_ELEMENTS } from '../limits.js';
import { alignedSize, elementsOf, isSameShape } from './shapes.js';

/** The elements of a small tensor, broadcast; undefined where they become many. */
export function repeat(
  content: readonly number[],
  from: readonly number[],
  to: readonly number[],
): readonly number[] | undefined {
  if (isSameShape(from, to)) return content;
  const count = elementsOf(to);
  if (count > MAX_CONTENT_ELEMENTS) return undefined;
  return Array.from({ length: count }, (_, at) => {
    let index = 0;
    let left = at;
    let step = 1;
    for (let axis = to.length - 1; axis >= 0; axis -= 1) {
      const size = alignedSize(from, axis, to.length);
      index += Math.min(left % to[axis]!, size - 1) * step;
      left = Math.floor(left / to[axis]!);
      step *= size;
    }
    return content[index]!;
  });
}
