import { figureOf, metrics, type MetricName, type PointResult } from '../../../explore/index.js';
import { metricTitle } from '../../metric-texts.js';
import type { PlainObject } from '../drawing.js';
import { axis, logarithmicAxis } from '../theme.js';

/** From this ratio of the greatest to the least on, an axis goes by ratios. */
const LOGARITHMIC_FROM = 8;
/** Room beyond the outermost points. */
const MARGIN = 0.08;

/** An axis that holds the points' figures; logarithmic where they differ much. */
export function metricAxis(metric: MetricName, results: readonly PointResult[]): PlainObject {
  const figures = results.flatMap((result) => figureOf(result, metric) ?? []);
  const [min, max] = [Math.min(...figures), Math.max(...figures)];
  const better = metrics[metric].direction === 'minimise' ? 'less is better' : 'more is better';
  if (min > 0 && max / min >= LOGARITHMIC_FROM) {
    const room = (max / min) ** MARGIN;
    return logarithmicAxis(`${metricTitle(metric)}, logarithmic; ${better}`, min / room, max * room);
  }
  return axis(`${metricTitle(metric)}; ${better}`, { grace: `${100 * MARGIN}%` });
}
