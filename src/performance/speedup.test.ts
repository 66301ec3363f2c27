import { describe, expect, it } from 'vitest';
import { tinyRuns } from '../../test/fixtures/runs.js';
import type { NetworkResult, TensorResidency } from './result.js';
import { compareResults } from './speedup.js';

const { baseline, run } = tinyRuns();
const wide = baseline.result;
const narrow = run.result;

function keeping(result: NetworkResult, ...tensors: TensorResidency[]): NetworkResult {
  return { ...result, residency: { ...result.residency, tensors } };
}

function tensor(
  name: string,
  place: TensorResidency['place'],
  bytes: number,
  kind: TensorResidency['kind'] = 'activation',
) {
  return { tensor: name, kind, bits: 4, bytes, place, keptUntil: place === 'off-chip' ? null : 'fc' };
}

describe('compareResults', () => {
  it('explains the tiny runs: 5 = 4 x 13/14 x 35/26', () => {
    // 10,000 cycles over 2,000. Peaks 256 and 1024. Compute 6,500 of 10,000 and 1,750 of 2,000 cycles: utilizations
    // while computing as 1/(256 x 6,500) to 1/(1024 x 1,750), relief (10,000 / 6,500) / (2,000 / 1,750).
    const { value, factors, baselineBits } = compareResults(wide, narrow);
    expect(baselineBits).toBe(16);
    expect(value).toBeCloseTo(5, 12);
    expect(factors.peak).toBeCloseTo(4, 12);
    expect(factors.utilization).toBeCloseTo(13 / 14, 12);
    expect(factors.memoryRelief).toBeCloseTo(35 / 26, 12);
  });

  it('is 1 of everything against itself, and nothing began to fit', () => {
    expect(compareResults(narrow, narrow)).toMatchObject({
      value: 1,
      factors: { peak: 1, utilization: 1, memoryRelief: 1 },
      beganToFit: [],
    });
  });

  it('counts a faster clock as a higher peak, not as better use of it', () => {
    const faster = {
      ...narrow,
      arch: { ...narrow.arch, clockGHz: 2 },
      totals: { ...narrow.totals, latencyMs: narrow.totals.latencyMs / 2 },
    };
    const { value, factors } = compareResults(wide, faster);
    expect(value).toBeCloseTo(10, 12);
    expect(factors.peak).toBeCloseTo(8, 12);
    expect(factors.utilization).toBeCloseTo(13 / 14, 12);
    expect(factors.memoryRelief).toBeCloseTo(35 / 26, 12);
  });

  it('has a peak of 1 where no layer has MACs', () => {
    const withoutMacs = (result: NetworkResult) => ({
      ...result,
      totals: { ...result.totals, macs: 0, peakMacsPerCycle: 0 },
    });
    const { value, factors } = compareResults(withoutMacs(wide), withoutMacs(narrow));
    expect(factors.peak).toBe(1);
    expect(factors.peak * factors.utilization * factors.memoryRelief).toBeCloseTo(value, 12);
  });

  it('lists what is kept on chip for longer, largest first, with both sizes', () => {
    const before = keeping(
      wide,
      tensor('a', 'off-chip', 100),
      tensor('b', 'both', 400),
      tensor('c', 'on-chip', 50),
      tensor('d', 'off-chip', 300),
      tensor('e', 'off-chip', 900),
    );
    const after = keeping(
      narrow,
      tensor('a', 'both', 25),
      tensor('b', 'on-chip', 100),
      tensor('c', 'on-chip', 12),
      tensor('d', 'on-chip', 75),
      tensor('e', 'off-chip', 225),
    );
    const fits = compareResults(before, after).beganToFit;
    expect(fits.map(({ tensor: name, baselineBytes, bytes, place }) => [name, baselineBytes, bytes, place])).toEqual([
      ['b', 400, 100, 'on-chip'],
      ['d', 300, 75, 'on-chip'],
      ['a', 100, 25, 'both'],
    ]);
  });

  it('does not list what was kept for longer before, and tells weights from the tensor of the same name', () => {
    const before = keeping(wide, tensor('fc', 'on-chip', 10), tensor('fc', 'off-chip', 80, 'weights'));
    const after = keeping(narrow, tensor('fc', 'both', 5), tensor('fc', 'on-chip', 40, 'weights'));
    expect(compareResults(before, after).beganToFit).toMatchObject([{ kind: 'weights', bytes: 40 }]);
  });
});
