import { z } from 'zod';
import type { DesignPoint } from '../study/point.js';
import { Random } from './random.js';
import type { SamplerKind } from './sampler.js';
import { pointAt, sharesWork, spaceSize, type Space } from './space.js';

const MAX_POINTS = 1_000_000;

const schema = z
  .strictObject({
    kind: z.literal('latin-hypercube').meta({ description: 'a sample that uses the levels of each axis evenly' }),
    points: z.int().min(1).max(MAX_POINTS).meta({ description: 'how many points; one that is met twice counts twice' }),
  })
  .meta({ description: 'a sample that uses the levels of each axis evenly' });

/**
 * n points of which each level of each axis has n / levels, rounded down or up (McKay, Beckman and Conover: A Comparison of
 * Three Methods for Selecting Values of Input Variables, Technometrics 21(2), 1979; here over levels). A combination that is
 * drawn twice is answered once.
 */
export const latinHypercube = {
  description: 'a sample that uses the levels of each axis as evenly as can be',
  schema,
  learns: false,
  complete: false,
  count: ({ points }, space) => ({ points: Math.min(points, spaceSize(space)), exact: points === 1 }),
  start({ points }, space) {
    let asked = false;
    return {
      next() {
        if (asked) return null;
        asked = true;
        return drawn(points, space);
      },
    };
  },
} as const satisfies SamplerKind<z.output<typeof schema>>;

function* drawn(count: number, { axes, seed }: Space): Generator<DesignPoint> {
  const random = new Random(seed);
  const columns = axes.map(({ levels }) => evenly(count, levels.length, random));
  // Points that share work follow each other; which points there are does not hang on their order.
  const order = Uint32Array.from({ length: count }, (_, row) => row);
  const compared = columns.filter((_, at) => !sharesWork(axes[at]!));
  order.sort((left, right) => {
    for (const column of compared) if (column[left] !== column[right]) return column[left]! - column[right]!;
    return left - right;
  });
  const met = new Set<string>();
  for (const row of order) {
    const levels = columns.map((column) => column[row]!);
    const key = levels.join();
    if (met.has(key)) continue;
    yield pointAt(axes, met.size, levels);
    met.add(key);
  }
}

/** A level for each of `count` points: every level as often as any other, or once more, in any order. */
function evenly(count: number, levels: number, random: Random): Uint32Array {
  // Those that come once more are drawn too, or small studies would favour first levels.
  const names = random.shuffle(Uint32Array.from({ length: levels }, (_, level) => level));
  return random.shuffle(Uint32Array.from({ length: count }, (_, row) => names[row % levels]!));
}
