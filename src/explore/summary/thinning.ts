import type { MetricName } from '../study/metrics.js';
import type { PointResult } from '../study/point.js';
import { figureOf } from './objectives.js';

/** Places of a picture, of which each shows one point at most: what a reader can tell apart, and a file can hold. */
const PLACES = { across: 48, up: 32 } as const;

/** The least and the greatest of one figure. */
export class Span {
  min = Infinity;
  max = -Infinity;

  add(value: number): void {
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }

  /** Where a value is, 0 to 1, by ratios where all values are above 0. */
  partOf(value: number): number {
    if (!(this.max > this.min)) return 0;
    return this.min > 0
      ? Math.log(value / this.min) / Math.log(this.max / this.min)
      : (value - this.min) / (this.max - this.min);
  }
}

/**
 * Leaves points out that would be drawn upon others: of those within one place of the first two objectives only the
 * first stays. Outlines and single points stay with that, where every tenth point would lose them.
 */
export class Thinning {
  readonly #axes: readonly { readonly metric: MetricName; readonly span: Span; readonly places: number }[];
  readonly #taken = new Map<number, PointResult>();
  offered = 0;

  /** @param spans of the objectives, over all points that will be offered */
  constructor(objectives: readonly MetricName[], spans: readonly Span[]) {
    this.#axes = objectives.slice(0, 2).map((metric, at) => ({
      metric,
      span: spans[at]!,
      places: at === 0 ? PLACES.across : PLACES.up,
    }));
  }

  offer(result: PointResult): void {
    let place = 0;
    for (const { metric, span, places } of this.#axes) {
      const figure = figureOf(result, metric);
      if (figure === null) return;
      place = place * places + Math.min(places - 1, Math.floor(places * span.partOf(figure)));
    }
    this.offered += 1;
    if (!this.#taken.has(place)) this.#taken.set(place, result);
  }

  /** By index. */
  kept(): PointResult[] {
    return [...this.#taken.values()].sort((a, b) => a.index - b.index);
  }
}
