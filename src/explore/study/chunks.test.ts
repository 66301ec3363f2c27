import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectiveNames, type Objective } from '../../mapping/index.js';
import { startSampler } from '../sampler/index.js';
import { chunksOf } from './chunks.js';
import { estimatedMs } from './cost.js';
import { keysOf } from './identity.js';
import type { KeyedPoint } from './point.js';
import type { PreparedStudy } from './prepared-study.js';
import { smallStudy, testKey } from './studies.test-data.js';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

function studyOf(cores: number, bandwidths: number, capacities: number): PreparedStudy {
  return smallStudy({
    axes: [
      { field: 'offChip.bandwidthGBps', values: upTo(bandwidths) },
      { field: 'cores', values: upTo(cores) },
      { field: 'scratchpad.capacityKiB', values: upTo(capacities) },
    ],
  });
}

function* keyed(study: PreparedStudy): Generator<KeyedPoint> {
  const key = keysOf(study, testKey);
  for (const point of startSampler(study).next([])!) yield { ...point, key: key(point) };
}

describe('chunksOf', () => {
  it('has every point once, the same chunks for the same points, numbered in order', () => {
    const shuffled = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), fc.nat())
      .map(([cores, bandwidths, capacities, seed]) => {
        const study = studyOf(cores, bandwidths, capacities);
        const points = [...keyed(study)];
        return {
          study,
          points: points.toSorted((a, b) => ((a.index * 7919 + seed) % 101) - ((b.index * 7919 + seed) % 101)),
        };
      });
    fc.assert(
      fc.property(shuffled, ({ study, points }) => {
        const chunks = [...chunksOf(study, points, testKey)];
        const indices = chunks.flatMap((chunk) => chunk.points.map(({ index }) => index));
        expect(indices.toSorted((a, b) => a - b)).toEqual([...points.keys()]);
        expect(chunks.map(({ ordinal }) => ordinal)).toEqual([...chunks.keys()]);
        expect(new Set(chunks.map(({ id }) => id)).size).toBe(chunks.length);
        expect([...chunksOf(study, points, testKey)]).toEqual(chunks);
        // No machine is in two chunks but for its bandwidth and scratchpad.
        const groups = chunks.flatMap((chunk) => [...new Set(chunk.points.map(({ values }) => values['cores']))]);
        expect(new Set(groups).size).toBe(groups.length);
      }),
      { numRuns: 15 },
    );
  });

  it('cuts a group that would take for seconds into parts of about the same size', () => {
    // One machine at 90 bandwidths with 90 scratchpads.
    const study = studyOf(1, 90, 90);
    const sizes = [...chunksOf(study, keyed(study), testKey)].map(({ points }) => points.length);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(8100);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('puts no group that takes long to what waits for company', () => {
    // Two machines at 8 bandwidths with 100 scratchpads, but of the first only one point.
    const study = studyOf(2, 8, 100);
    const points = [...keyed(study)].filter(({ index, values }) => index === 0 || values['cores'] === 2);
    const ofGroups = [points.slice(0, 1), points.slice(1)].map((group) => estimatedMs(study, group));
    // A chunk lasts 20 times as long as it should at the most: as long as the large group by itself.
    const chunkMs = ofGroups[1]! / 20;
    expect(ofGroups[0]).toBeLessThan(chunkMs);
    const sizes = [...chunksOf(study, points, testKey, { chunkMs })].map((chunk) => chunk.points.length);
    expect(sizes).toEqual([1, 800]);
  });

  it('cuts the finer the more searches its points take for what their mappings are chosen for', () => {
    const of = (mappingObjective: Objective) => [
      ...chunksOf({ ...study, mappingObjective }, keyed(study), testKey, { chunkMs: 1 }),
    ];
    // One machine at 4 bandwidths with 50 scratchpads: 4 searches; where energy counts 200, and 600 more for products.
    const study = studyOf(1, 4, 50);
    const counts = objectiveNames.map((name) => of(name).length);
    const [latency, bytes, energy, product] = counts;
    expect(bytes).toBe(latency);
    expect(energy).toBeGreaterThan(latency!);
    expect(product).toBeGreaterThan(energy!);
  });

  it('reads no further than a window', () => {
    let read = 0;
    const study = studyOf(2000, 10, 10);
    function* counted(): Generator<KeyedPoint> {
      for (const point of keyed(study)) {
        read += 1;
        yield point;
      }
    }
    chunksOf(study, counted(), testKey).next();
    expect(read).toBeLessThanOrEqual(10_000);
  });
});
