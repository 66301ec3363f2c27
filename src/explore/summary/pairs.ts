import type { AxisValue, PointResult } from '../study/point.js';
import type { MetricName } from '../study/metrics.js';
import type { StudyAxis } from '../study/study-axis.js';
import { costOf, figureOf } from './objectives.js';

/** More places of two axes than this are no picture, and would take memory for nothing. */
export const MAX_CELLS = 4096;

/** The best that feasible points reach at each place of two axes, over the levels of all others. */
export interface AxisPair {
  readonly rows: string;
  readonly columns: string;
  /** The first objective, by level of the rows, then of the columns; null where no feasible point is. */
  readonly best: readonly (readonly (number | null)[])[];
}

/** Gathers the cells of all pairs of axes, point by point. */
export class PairsGatherer {
  readonly #metric: MetricName;
  readonly #pairs: readonly { readonly rows: StudyAxis; readonly columns: StudyAxis; readonly best: Float64Array }[];
  readonly #places: ReadonlyMap<StudyAxis, ReadonlyMap<AxisValue, number>>;

  constructor(axes: readonly StudyAxis[], metric: MetricName) {
    this.#metric = metric;
    this.#places = new Map(axes.map((axis) => [axis, new Map(axis.levels.map(({ label }, at) => [label, at]))]));
    this.#pairs = axes.flatMap((rows, at) =>
      axes.slice(at + 1).flatMap((columns) => {
        const cells = rows.levels.length * columns.levels.length;
        return cells > MAX_CELLS ? [] : [{ rows, columns, best: new Float64Array(cells).fill(Infinity) }];
      }),
    );
  }

  add(result: PointResult): void {
    const figure = figureOf(result, this.#metric);
    if (figure === null || !result.feasible) return;
    const cost = costOf(this.#metric, figure);
    for (const { rows, columns, best } of this.#pairs) {
      const row = this.#placeOf(rows, result);
      const column = this.#placeOf(columns, result);
      if (row === undefined || column === undefined) continue;
      const cell = row * columns.levels.length + column;
      if (cost < best[cell]!) best[cell] = cost;
    }
  }

  pairs(): AxisPair[] {
    return this.#pairs.map(({ rows, columns, best }) => ({
      rows: rows.name,
      columns: columns.name,
      best: rows.levels.map((_, row) =>
        columns.levels.map((__, column) => {
          const cost = best[row * columns.levels.length + column]!;
          // Turned back: the same sign changes a cost into a figure.
          return cost === Infinity ? null : costOf(this.#metric, cost);
        }),
      ),
    }));
  }

  #placeOf(axis: StudyAxis, result: PointResult): number | undefined {
    return this.#places.get(axis)!.get(result.values[axis.name]!);
  }
}
