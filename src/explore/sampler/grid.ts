import { z } from 'zod';
import type { DesignPoint } from '../study/point.js';
import type { StudyAxis } from '../study/study-axis.js';
import type { SamplerKind } from './sampler.js';
import { pointAt, sharesWork, spaceSize } from './space.js';

const schema = z
  .strictObject({ kind: z.literal('grid').meta({ description: 'every point of the space' }) })
  .meta({ description: 'every point of the space' });

/** Every combination of levels. No list of them is ever made. */
export const grid = {
  description: 'every combination of levels',
  schema,
  learns: false,
  complete: true,
  count: (_spec, space) => ({ points: spaceSize(space), exact: true }),
  start(_spec, { axes }) {
    let asked = false;
    return {
      next() {
        if (asked) return null;
        asked = true;
        return allPoints(axes);
      },
    };
  },
} as const satisfies SamplerKind<z.output<typeof schema>>;

/**
 * Point i in mixed radix, the last axis of the file fastest; axes whose levels share work are faster than all others,
 * so that points which share it are neighbours.
 */
function* allPoints(axes: readonly StudyAxis[]): Generator<DesignPoint> {
  const all = [...axes.keys()];
  const slowestFirst = [...all.filter((at) => !sharesWork(axes[at]!)), ...all.filter((at) => sharesWork(axes[at]!))];
  const levels = axes.map(() => 0);
  for (let index = 0; ; index++) {
    yield pointAt(axes, index, levels);
    let place = slowestFirst.length - 1;
    for (; place >= 0; place--) {
      const at = slowestFirst[place]!;
      levels[at] = (levels[at]! + 1) % axes[at]!.levels.length;
      if (levels[at] !== 0) break;
    }
    if (place < 0) return;
  }
}
