import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PointMetrics } from '../study/metrics.js';
import type { DesignPoint, PointResult } from '../study/point.js';
import type { StudyAxis } from '../study/study-axis.js';
import { candidateOf, dominates, type Candidate } from './candidate.js';
import { crowdingDistances } from './crowding.js';
import { startSampler, type Space } from './index.js';
import { nonDominatedFronts } from './non-dominated-sort.js';

const NOTHING: PointMetrics = {
  latencyMs: null,
  energyMj: null,
  areaMm2: null,
  energyDelayMjMs: null,
  offChipBytes: null,
  inferencesPerSecond: null,
  utilization: null,
  totalCycles: null,
  top1Percent: null,
};

function candidate(costs: readonly number[], violation = 0): Candidate {
  return { levels: [], costs, violation };
}

const axes = ['cores', 'bits', 'batch', 'array.rows'].map(
  (field): StudyAxis => ({
    name: field,
    fields: [field],
    levels: Array.from({ length: 8 }, (_, at) => ({ label: at + 1, set: { [field]: at + 1 } })),
  }),
);

/** Latency falls with everything but batch, area rises with it; no level is best for both. */
function figuresOf({ values }: DesignPoint): PointMetrics {
  const [cores, bits, batch, rows] = axes.map(({ name }) => Number(values[name]));
  return {
    ...NOTHING,
    latencyMs: (100 * batch!) / (cores! * rows!) + Math.abs(bits! - 4),
    areaMm2: cores! * (rows! + 3) + Math.abs(bits! - 6),
  };
}

function resultOf(point: DesignPoint): PointResult {
  return { ...point, key: '', metrics: figuresOf(point), feasible: true, error: null };
}

function search(seed: number, constraints: Space['constraints'] = []): PointResult[] {
  const sampler = startSampler({
    axes,
    seed,
    constraints,
    objectives: ['latencyMs', 'areaMm2'],
    sampler: { kind: 'nsga-2', population: 40, generations: 15 },
  });
  const all: PointResult[] = [];
  let results: PointResult[] = [];
  for (let batch = sampler.next([]); batch !== null; batch = sampler.next(results)) {
    results = [...batch].map(resultOf);
    all.push(...results);
  }
  return all;
}

function everyPoint(): PointResult[] {
  const sampler = startSampler({
    axes,
    seed: 1,
    constraints: [],
    objectives: ['latencyMs'],
    sampler: { kind: 'grid' },
  });
  return [...sampler.next([])!].map(resultOf);
}

/** Share of the rectangle up to the corner (30 ms, 60 mm2) that points dominate: steps of the front from left to right. */
function hypervolume(results: readonly PointResult[]): number {
  const pairs = results.map(({ metrics }) => [metrics!.latencyMs!, metrics!.areaMm2!] as const);
  let [volume, floor] = [0, 60];
  for (const [latency, area] of pairs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (area >= floor || latency >= 30) continue;
    volume += (30 - latency) * (floor - area);
    floor = area;
  }
  return volume;
}

describe('constraint domination', () => {
  it('by hand', () => {
    expect(dominates(candidate([1, 2]), candidate([1, 3]))).toBe(true);
    expect(dominates(candidate([1, 2]), candidate([1, 2]))).toBe(false);
    expect(dominates(candidate([1, 4]), candidate([2, 3]))).toBe(false);
    expect(dominates(candidate([9, 9]), candidate([1, 1], 0.1))).toBe(true);
    expect(dominates(candidate([9, 9], 0.1), candidate([1, 1], 0.2))).toBe(true);
    expect(dominates(candidate([1, 1], 0.2), candidate([9, 9], 0.2))).toBe(false);
  });

  it('measures excess by the limit, maximises what is better large, and puts errors last', () => {
    const space: Space = {
      axes,
      seed: 1,
      objectives: ['latencyMs', 'utilization'],
      constraints: [
        { metric: 'areaMm2', comparison: '<=', limit: 20 },
        { metric: 'utilization', comparison: '>=', limit: 0.5 },
      ],
    };
    const point = { index: 0, values: {}, feasible: false, error: null };
    const metrics = { ...NOTHING, latencyMs: 3, areaMm2: 25, utilization: 0.4 };
    // (25 - 20) / 20 + (0.5 - 0.4) / 0.5
    const broken = candidateOf([], { ...point, metrics }, space);
    expect(broken.violation).toBeCloseTo(0.45, 12);
    expect(broken.costs).toEqual([3, -0.4]);
    const failed = candidateOf([], { ...point, metrics: null, error: 'does not fit' }, space);
    expect(failed).toMatchObject({ violation: Infinity, costs: [Infinity, Infinity] });
  });
});

describe('nonDominatedFronts', () => {
  it('peels fronts off, as by their definition', () => {
    const costs = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.constantFrom(0, 0, 1, 2)), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(costs, (drawn) => {
        const candidates = drawn.map(([one, other, violation]) => candidate([one, other], violation));
        let left = [...candidates.keys()];
        for (const front of nonDominatedFronts(candidates)) {
          const undominated = left.filter(
            (at) => !left.some((other) => dominates(candidates[other]!, candidates[at]!)),
          );
          expect(front).toEqual(undominated);
          left = left.filter((at) => !front.includes(at));
        }
        expect(left).toEqual([]);
      }),
    );
  });
});

describe('crowdingDistances', () => {
  it('by hand', () => {
    // Ranges 4 and 8. In the middle: (4 - 0) / 4 + (8 - 0) / 8 for one alone; of two, (2 - 0) / 4 + (8 - 3) / 8 and (4 - 1) / 4 + (4 - 0) / 8.
    expect(crowdingDistances([candidate([0, 8]), candidate([1, 4]), candidate([4, 0])])).toEqual([
      Infinity,
      2,
      Infinity,
    ]);
    expect(crowdingDistances([candidate([0, 8]), candidate([1, 4]), candidate([2, 3]), candidate([4, 0])])).toEqual([
      Infinity,
      1.125,
      1.25,
      Infinity,
    ]);
  });

  it('passes over objectives that nobody knows or that are the same for all', () => {
    expect(crowdingDistances([candidate([1, Infinity]), candidate([1, Infinity])])).toEqual([0, 0]);
  });
});

describe('nsga-2', () => {
  it('finds nearly all that a full grid of 4096 points finds, with 600', () => {
    const best = hypervolume(everyPoint());
    for (const seed of [1, 2, 3]) {
      const found = search(seed);
      expect(found.length).toBeLessThanOrEqual(600);
      expect(hypervolume(found) / best).toBeGreaterThan(0.99);
    }
    // Every seventh point finds nine tenths.
    const blind = everyPoint().filter(({ index }) => index % 7 === 0);
    expect(hypervolume(blind) / best).toBeLessThan(0.95);
  });

  it('asks for the same points for the same seed, none twice, counted from 0', () => {
    const found = search(4);
    expect(search(4)).toEqual(found);
    expect(search(5)).not.toEqual(found);
    expect(found.map(({ index }) => index)).toEqual([...found.keys()]);
    expect(new Set(found.map(({ values }) => JSON.stringify(values))).size).toBe(found.length);
  });

  it('is led into what constraints allow', () => {
    // 1 of 8 points keeps area below 12; of those asked for in the second half, most do.
    const constraints = [{ metric: 'areaMm2' as const, comparison: '<=' as const, limit: 12 }];
    const isKept = ({ metrics }: PointResult): boolean => metrics!.areaMm2! <= 12;
    const share = (results: readonly PointResult[]): number => results.filter(isKept).length / results.length;
    const found = search(1, constraints);
    expect(share(everyPoint())).toBeLessThan(0.2);
    expect(share(found.slice(found.length / 4, found.length / 2))).toBeGreaterThan(0.5);
  });

  it('ends when it has met every point of a small space', () => {
    const sampler = startSampler({
      axes: axes.slice(0, 1),
      seed: 1,
      constraints: [],
      objectives: ['latencyMs'],
      sampler: { kind: 'nsga-2', population: 4, generations: 1000 },
    });
    let met = 0;
    let results: PointResult[] = [];
    for (let batch = sampler.next([]); batch !== null; batch = sampler.next(results)) {
      results = [...batch].map((point) => ({ ...resultOf(point), metrics: { ...NOTHING, latencyMs: 1 } }));
      met += results.length;
    }
    expect(met).toBe(8);
  });
});
