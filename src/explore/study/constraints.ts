import { AccelsimError, failure } from '../../errors.js';
import { nearestName } from '../../json/index.js';
import { isMetricName, METRIC_NAMES, type PointMetrics } from './metrics.js';
import type { Constraint } from './study-axis.js';

/** A name, a comparison and a decimal number: all of the grammar there is. */
export const CONSTRAINT_PATTERN = /^\s*([A-Za-z]\w*)\s*(<=|>=)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/;

/**
 * Reads `areaMm2 <= 30`. Constraints are text, as the metric's name already carries the unit and a sentence is read faster
 * than an object; the grammar is one comparison with one number, so that nothing is left to guess.
 * @throws AccelsimError that names `source`
 */
export function parseConstraint(text: string, source: string): Constraint {
  const match = CONSTRAINT_PATTERN.exec(text);
  if (match === null) {
    throw failure(source, '', 'must be a metric, <= or >=, and a number, such as areaMm2 <= 30', text, hintFor(text));
  }
  const [, metric = '', comparison, number] = match;
  if (!isMetricName(metric)) {
    const nearest = nearestName(metric, METRIC_NAMES);
    const hint = nearest === undefined ? `metrics: ${METRIC_NAMES.join(', ')}` : `did you mean ${nearest}?`;
    throw failure(source, '', 'no such metric', metric, hint);
  }
  const limit = Number(number);
  if (!Number.isFinite(limit)) throw failure(source, '', 'must compare with a number that can be told', number);
  return { metric, comparison: comparison === '<=' ? '<=' : '>=', limit };
}

/** What people write instead. */
function hintFor(text: string): string | undefined {
  if (/[≤≥]/.test(text)) return 'write <= or >=';
  if (/[<>](?!=)|[^<>]=/.test(text)) return 'only <= and >= are compared by';
  return undefined;
}

/** Whether all hold. A metric that is unknown holds none. */
export function areKept(constraints: readonly Constraint[], metrics: PointMetrics): boolean {
  return constraints.every(({ metric, comparison, limit }) => {
    const value = metrics[metric];
    return value !== null && (comparison === '<=' ? value <= limit : value >= limit);
  });
}

/** The inverse of `parseConstraint`. */
export function formatConstraint({ metric, comparison, limit }: Constraint): string {
  return `${metric} ${comparison} ${limit}`;
}

/** As a rule of one field's schema: the message of what is wrong, undefined where it is right. */
export function constraintProblem(text: string): string | undefined {
  try {
    parseConstraint(text, 'constraint');
    return undefined;
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    const [{ rule, hint } = { rule: '', hint: undefined }] = error.issues;
    return hint === undefined ? rule : `${rule}; ${hint}`;
  }
}
