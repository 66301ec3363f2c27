import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areKept, formatConstraint, parseConstraint } from './constraints.js';
import { METRIC_NAMES, type MetricName } from './metrics.js';

const unknown = Object.fromEntries(METRIC_NAMES.map((name) => [name, null])) as Record<MetricName, null>;

describe('constraints', () => {
  it.each([
    ['areaMm2 <= 30', 'areaMm2', '<=', 30],
    ['utilization>=0.5', 'utilization', '>=', 0.5],
    ['  latencyMs   <=   1.5e1 ', 'latencyMs', '<=', 15],
    ['offChipBytes <= .5', 'offChipBytes', '<=', 0.5],
    ['top1Percent >= -1', 'top1Percent', '>=', -1],
  ])('reads %s', (text, metric, comparison, limit) => {
    expect(parseConstraint(text, 'study')).toEqual({ metric, comparison, limit });
  });

  it.each([
    [
      'areaMm2 < 30',
      'study: must be a metric, <= or >=, and a number, such as areaMm2 <= 30 (found "areaMm2 < 30"); only <= and >= are compared by',
    ],
    ['areaMm2 == 30', 'only <= and >= are compared by'],
    ['areaMm2 ≤ 30', 'write <= or >='],
    ['30 >= areaMm2', 'must be a metric'],
    ['areaMm2 <= 30 mm2', 'must be a metric'],
    ['areaMm2 <= 30 && latencyMs <= 2', 'must be a metric'],
    ['areaMm2 <=', 'must be a metric'],
    ['', 'must be a metric'],
    ['latencyMS <= 3', 'study: no such metric (found "latencyMS"); did you mean latencyMs?'],
    ['toString <= 3', 'study: no such metric (found "toString"); metrics: latencyMs'],
    ['latencyMs <= 1e999', 'study: must compare with a number that can be told'],
  ])('refuses %s', (text, message) => {
    expect(() => parseConstraint(text, 'study')).toThrow(message);
  });

  it('writes what it reads', () => {
    fc.assert(
      fc.property(
        fc.record({
          metric: fc.constantFrom(...METRIC_NAMES),
          comparison: fc.constantFrom('<=' as const, '>=' as const),
          limit: fc.double({ noNaN: true, noDefaultInfinity: true }).map((limit) => limit + 0),
        }),
        (constraint) => {
          expect(parseConstraint(formatConstraint(constraint), 'study')).toEqual(constraint);
        },
      ),
    );
  });

  it('are kept at the limit, and by no metric that is unknown', () => {
    const constraints = [parseConstraint('areaMm2 <= 30', 'study'), parseConstraint('utilization >= 0.5', 'study')];
    expect(areKept(constraints, { ...unknown, areaMm2: 30, utilization: 0.5 })).toBe(true);
    expect(areKept(constraints, { ...unknown, areaMm2: 30.1, utilization: 0.5 })).toBe(false);
    expect(areKept(constraints, { ...unknown, areaMm2: 30, utilization: 0.49 })).toBe(false);
    expect(areKept(constraints, { ...unknown, areaMm2: 30 })).toBe(false);
    expect(areKept([], unknown)).toBe(true);
  });
});
