import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesignPoint } from '../study/point.js';
import type { StudyAxis } from '../study/study-axis.js';
import { countPoints, samplerOf, startSampler, type SamplerSpec } from './index.js';

function axisOf(field: string, labels: readonly (string | number)[]): StudyAxis {
  return { name: field, fields: [field], levels: labels.map((label) => ({ label, set: { [field]: label } })) };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

function firstBatch(axes: readonly StudyAxis[], sampler: SamplerSpec, seed = 1): Iterable<DesignPoint> {
  return startSampler({ axes, sampler, seed, constraints: [], objectives: ['latencyMs'] }).next([])!;
}

const anyAxes = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
  .map((sizes) =>
    sizes.map((size, at) => axisOf(['cores', 'bits', 'offChip.bandwidthGBps', 'batch'][at]!, upTo(size))),
  );

describe.each<SamplerSpec>([
  { kind: 'grid' },
  { kind: 'latin-hypercube', points: 3 },
  { kind: 'nsga-2', population: 4, generations: 1 },
])('$kind', (sampler) => {
  it('asks for every point of the space, whatever the seed, if it says so', () => {
    const axes = [axisOf('cores', upTo(3)), axisOf('bits', upTo(4))];
    const asked = (seed: number) => [...firstBatch(axes, sampler, seed)].map(({ values }) => JSON.stringify(values));
    const isComplete = asked(1).length === 12 && String(asked(1)) === String(asked(2));
    expect(samplerOf(sampler).complete).toBe(isComplete);
  });
});

describe('grid', () => {
  it('by hand: axes that share work are fastest, the last of the file before those before it', () => {
    const axes = [axisOf('scratchpad.capacityKiB', [64, 96]), axisOf('bits', [16, 8]), axisOf('cores', [1, 2])];
    const points = [...firstBatch(axes, { kind: 'grid' })];
    expect(points.map(({ values }) => Object.values(values).join(' '))).toEqual([
      '64 16 1',
      '96 16 1',
      '64 16 2',
      '96 16 2',
      '64 8 1',
      '96 8 1',
      '64 8 2',
      '96 8 2',
    ]);
    expect(points.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('has every combination once, and says how many', () => {
    fc.assert(
      fc.property(anyAxes, (axes) => {
        const points = [...firstBatch(axes, { kind: 'grid' })];
        expect(new Set(points.map(({ values }) => JSON.stringify(values))).size).toBe(points.length);
        const count = countPoints({ axes, sampler: { kind: 'grid' }, seed: 1, constraints: [], objectives: [] });
        expect(count).toEqual({ points: points.length, exact: true });
      }),
    );
  });

  it('lists no more points than are asked for', () => {
    // 10^12 points: a list of them would not end.
    const axes = ['cores', 'bits', 'batch', 'clockGHz'].map((field) => axisOf(field, upTo(1000)));
    const points = firstBatch(axes, { kind: 'grid' })[Symbol.iterator]();
    expect([points.next(), points.next()].map(({ value }) => value?.values['clockGHz'])).toEqual([1, 2]);
  });
});

describe('latin-hypercube', () => {
  it('uses each level of each axis as evenly as can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (count, seed) => {
        // Two axes of 41 levels keep points from falling together, so that none is left out.
        const axes = [axisOf('cores', upTo(3)), axisOf('bits', upTo(41)), axisOf('batch', upTo(41))];
        const points = [...firstBatch(axes, { kind: 'latin-hypercube', points: count }, seed)];
        expect(points.length).toBe(count);
        for (const { name, levels } of axes) {
          for (const { label } of levels) {
            const uses = points.filter(({ values }) => values[name] === label).length;
            expect(uses).toBeGreaterThanOrEqual(Math.floor(count / levels.length));
            expect(uses).toBeLessThanOrEqual(Math.ceil(count / levels.length));
          }
        }
      }),
    );
  });

  it('has no point twice, and counts them from 0', () => {
    fc.assert(
      fc.property(anyAxes, fc.integer({ min: 1, max: 60 }), fc.nat(), (axes, count, seed) => {
        const points = [...firstBatch(axes, { kind: 'latin-hypercube', points: count }, seed)];
        expect(new Set(points.map(({ values }) => JSON.stringify(values))).size).toBe(points.length);
        expect(points.map(({ index }) => index)).toEqual([...points.keys()]);
        expect(points.length).toBeLessThanOrEqual(count);
      }),
    );
  });

  it('gives the same points for the same seed and others for another', () => {
    const axes = ['cores', 'bits', 'batch'].map((field) => axisOf(field, upTo(20)));
    const draw = (seed: number): string =>
      JSON.stringify([...firstBatch(axes, { kind: 'latin-hypercube', points: 20 }, seed)]);
    expect(draw(5)).toBe(draw(5));
    expect(draw(5)).not.toBe(draw(6));
  });
});
