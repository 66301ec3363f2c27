import { metrics, type MetricName } from '../study/metrics.js';
import type { PointAnswer } from '../study/point.js';

/** A figure turned so that less is better, whatever the metric. */
export function costOf(metric: MetricName, value: number): number {
  return metrics[metric].direction === 'minimise' ? value : -value;
}

/** What the point comes to in a metric; null where it has no answer, or its machine does not give one. */
export function figureOf({ metrics: figures }: PointAnswer, metric: MetricName): number | null {
  return figures === null ? null : figures[metric];
}

/** All objectives of a point, the less the better; null where one of them is unknown, so that it can be ranked with none. */
export function costsOf(objectives: readonly MetricName[], answer: PointAnswer): number[] | null {
  const costs: number[] = [];
  for (const metric of objectives) {
    const value = figureOf(answer, metric);
    if (value === null) return null;
    costs.push(costOf(metric, value));
  }
  return costs;
}
