import { describe, expect, it } from 'vitest';
import { layer } from '../../test/fixtures/runs.js';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { sumOfStripes } from './striped-result.js';

const sketch = { name: 'conv', kind: 'convolution', macs: 4096, bits: 16, bound: 'compute' } as const;

describe('sumOfStripes', () => {
  it('adds up what stripes take and move, and says again what part of the peak that is', () => {
    // One stripe of 30 cycles, 10 of them stalls, and three of 20.
    const first = layer({ ...sketch, cycles: [20, 10], moved: [100, 40, 20], resident: ['input', 'output'] });
    const other = layer({ ...sketch, cycles: [20, 0], moved: [0, 40, 20], bound: 'memory', resident: ['output'] });
    const stripes = [
      { result: first, times: 1 },
      { result: other, times: 3 },
    ];
    // A layer of 8 rows, each of one input and one output, with a weight: 8 + 1 + 8 bytes, however often a stripe loads it.
    const whole = problemOf({ outputRows: 8 });
    const sum = sumOfStripes(stripes, whole, machineOf({}));
    expect(sum).toMatchObject({
      name: 'conv',
      macs: 4096,
      computeCycles: 80,
      stallCycles: 10,
      totalCycles: 90,
      offChipBytes: { weights: 100, inputs: 160, outputs: 80, total: 340 },
      compulsoryBytes: 17,
      leastBytes: 17,
      utilization: 4096 / (first.peakMacsPerCycle * 90),
      // The three take longer together.
      bound: 'memory',
      // What moved in one stripe is not resident.
      resident: ['output'],
    });
    expect(sum.offChipCycles).toBeCloseTo(first.offChipCycles + 3 * other.offChipCycles, 9);
  });
});
