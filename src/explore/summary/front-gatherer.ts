import { paretoFront } from '../pareto/index.js';
import type { MetricName } from '../study/metrics.js';
import type { PointResult } from '../study/point.js';
import { costsOf } from './objectives.js';

/** Points taken in before the front is worked out again. */
const BATCH = 4096;

/**
 * The Pareto front of points that come one by one: what is dominated once is never asked again, so that no more is kept
 * than the front and a batch. Points that break a constraint or lack an objective are none of it.
 */
export class FrontGatherer {
  readonly #objectives: readonly MetricName[];
  #kept: PointResult[] = [];
  /** Where `kept` is worked out again. A front that has grown waits for as many points as it has. */
  #limit = BATCH;

  constructor(objectives: readonly MetricName[]) {
    this.#objectives = objectives;
  }

  add(result: PointResult): void {
    if (!result.feasible) return;
    this.#kept.push(result);
    if (this.#kept.length >= this.#limit) {
      this.#kept = frontOf(this.#objectives, this.#kept);
      this.#limit = 2 * this.#kept.length + BATCH;
    }
  }

  /** In the order in which they came. */
  front(): PointResult[] {
    this.#kept = frontOf(this.#objectives, this.#kept);
    return this.#kept;
  }
}

function frontOf(objectives: readonly MetricName[], results: readonly PointResult[]): PointResult[] {
  const values = new Float64Array(results.length * objectives.length);
  for (const [row, result] of results.entries()) {
    // A row of NaN can be compared with none, and is on no front.
    const costs = costsOf(objectives, result) ?? objectives.map(() => Number.NaN);
    values.set(costs, row * objectives.length);
  }
  return Array.from(paretoFront(values, objectives.length), (row) => results[row]!);
}
