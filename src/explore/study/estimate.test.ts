import { describe, expect, it } from 'vitest';
import { estimateStudy } from './estimate.js';
import { smallStudy } from './studies.test-data.js';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** Goes on by 10 ms whenever it is looked at. */
function clock(): () => number {
  let time = 0;
  return () => (time += 10);
}

describe('estimateStudy', () => {
  it('takes the time of a few chunks for that of all', () => {
    // More than three chunks: the first, which warms up, and three more, at 10 ms each by this clock.
    const study = smallStudy({ axes: [{ field: 'cores', values: upTo(150) }] });
    const { count, milliseconds, sampled } = estimateStudy(study, clock(), { chunkMs: 2 });
    expect(count).toEqual({ points: 150, exact: true });
    expect(sampled).toBeGreaterThan(3);
    expect(sampled).toBeLessThan(150);
    expect(milliseconds).toBeCloseTo((30 / sampled) * 150, 6);
  });

  it('that is thorough takes the best time of each chunk, for as long as it may', () => {
    const study = smallStudy({ axes: [{ field: 'cores', values: upTo(150) }] });
    // Of the first round each chunk takes 10 ms by this clock, of those after it 4 ms: 30 + 12 + 12 ms.
    let [time, looks] = [0, 0];
    const faster = (): number => (time += looks++ % 2 === 0 ? 0 : looks <= 6 ? 10 : 4);
    const { milliseconds, sampled } = estimateStudy(study, faster, { chunkMs: 2, thoroughMs: 50 });
    expect(milliseconds).toBeCloseTo((12 / sampled) * 150, 6);
    expect(time).toBe(54);
  });

  it('of a small study times all of it', () => {
    const study = smallStudy();
    expect(estimateStudy(study, clock())).toEqual({ count: { points: 6, exact: true }, milliseconds: 10, sampled: 6 });
  });

  it('says at most how many where a search may end early', () => {
    const study = smallStudy({ sampler: { kind: 'nsga-2', population: 2, generations: 2 } });
    expect(estimateStudy(study, clock()).count).toEqual({ points: 4, exact: false });
  });
});
