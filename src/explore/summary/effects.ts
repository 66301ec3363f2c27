import type { MetricName } from '../study/metrics.js';
import type { AxisValue, PointResult } from '../study/point.js';
import type { PreparedStudy } from '../study/prepared-study.js';
import type { StudyAxis } from '../study/study-axis.js';
import { figureOf } from './objectives.js';

/** What an objective is at one level of an axis. */
export interface LevelMean {
  readonly label: AxisValue;
  /** Points with that level whose figure is known. */
  readonly points: number;
  /** Geometric mean over them: each counts by ratios. Null without points. */
  readonly mean: number | null;
}

/**
 * The main effect of an axis on an objective: all points that have an answer, feasible or not, as constraints would make
 * the levels unlike in the rest. On a full grid all other axes are the same at every level; with other samplers they are
 * about the same, or not at all where a search looked at good points only.
 */
export interface MainEffect {
  readonly axis: string;
  readonly metric: MetricName;
  /** In the order of the axis. */
  readonly levels: readonly LevelMean[];
  /** The largest of the means over the least, 1 for no effect; null for fewer than two, or where a figure is not above 0. */
  readonly ratio: number | null;
  /**
   * How much of the variance of the figure's logarithm goes with the axis, 0 to 1. Over a full grid the axes' parts add
   * up to at most 1, and what is missing is what axes do together only. Null as for `ratio`, or if nothing varies.
   */
  readonly share: number | null;
}

/** Sums up effects point by point: memory goes with the levels, not with the points. */
export class EffectsGatherer {
  readonly #sums: readonly EffectSums[];

  /** Axes of one level have no effect to be told of. */
  constructor(axes: readonly StudyAxis[], objectives: PreparedStudy['objectives']) {
    this.#sums = axes.flatMap((axis) => objectives.map((metric) => new EffectSums(axis, metric)));
  }

  add(result: PointResult): void {
    for (const sums of this.#sums) sums.add(result);
  }

  /** By axis, then by objective. */
  effects(): MainEffect[] {
    return this.#sums.map((sums) => sums.effect());
  }
}

class EffectSums {
  readonly #axis: StudyAxis;
  readonly #metric: MetricName;
  readonly #levels: ReadonlyMap<AxisValue, { count: number; mean: number }>;
  #count = 0;
  /** Of logarithms, and the sum of squares around it, kept up to date by B. P. Welford's recurrence (1962). */
  #mean = 0;
  #squares = 0;
  #positive = true;

  constructor(axis: StudyAxis, metric: MetricName) {
    this.#axis = axis;
    this.#metric = metric;
    this.#levels = new Map(axis.levels.map(({ label }) => [label, { count: 0, mean: 0 }]));
  }

  add(result: PointResult): void {
    const level = this.#levels.get(result.values[this.#axis.name]!);
    const figure = figureOf(result, this.#metric);
    if (level === undefined || figure === null) return;
    if (!(figure > 0)) this.#positive = false;
    const value = Math.log(figure);
    level.count += 1;
    level.mean += (value - level.mean) / level.count;
    this.#count += 1;
    const away = value - this.#mean;
    this.#mean += away / this.#count;
    this.#squares += away * (value - this.#mean);
  }

  effect(): MainEffect {
    const levels = this.#axis.levels.map(({ label }): LevelMean => {
      const { count, mean } = this.#levels.get(label)!;
      return { label, points: count, mean: count === 0 || !this.#positive ? null : Math.exp(mean) };
    });
    const means = levels.flatMap(({ mean }) => (mean === null ? [] : [mean]));
    const ratio = means.length < 2 ? null : Math.max(...means) / Math.min(...means);
    return { axis: this.#axis.name, metric: this.#metric, levels, ratio, share: ratio === null ? null : this.#share() };
  }

  #share(): number | null {
    if (!(this.#squares > 0)) return null;
    let between = 0;
    for (const { count, mean } of this.#levels.values()) between += count * (mean - this.#mean) ** 2;
    return Math.min(1, between / this.#squares);
  }
}
