import { describe, expect, it } from 'vitest';
import { archOf } from '../../test/properties/machines.test-data.js';
import { buildNetwork } from '../workload/index.js';
import { compareMachines } from './compare-machines.js';

/** Two layers with 512 bytes between them at 8 bits. */
const network = buildNetwork({
  name: 'pair',
  inputs: [{ name: 'x', channels: 4, height: 8, width: 8 }],
  layers: [
    { name: 'first', kind: 'convolution', input: 'x', outputChannels: 8, kernel: 1 },
    { name: 'second', kind: 'convolution', input: 'first', outputChannels: 4, kernel: 1 },
  ],
});
const roomy = archOf({ capacityKiB: 8, bandwidthGBps: 1 });
/** Tiles fit, the tensor does not. */
const tight = { ...archOf({ capacityKiB: 1, bandwidthGBps: 1 }), name: 'tight' };
const question = { arch: roomy, network, mode: 'latency', bits: [16, 8], edgeBits: 'same' } as const;

describe('two machines', () => {
  it('are asked the same, bandwidths outermost', () => {
    const asked = compareMachines({ ...question, bandwidthsGBps: [1, 2] }, tight);
    expect(asked.map(({ first, second }) => [first.arch.name, second.arch.name])).toEqual(
      Array.from({ length: 4 }, () => ['sketch', 'tight']),
    );
    expect(asked.map(({ first }) => [first.arch.bandwidthGBps, first.precision.bits])).toEqual([
      [1, 16],
      [1, 8],
      [2, 16],
      [2, 8],
    ]);
  });

  it('are told apart by what stays on the chip of the one and not of the other', () => {
    const [there] = compareMachines({ ...question, bits: [16] }, tight);
    expect(there!.fitsFirst.map(({ tensor }) => tensor)).toEqual(['first']);
    expect(there!.speedup.beganToFit).toEqual([]);
    expect(there!.speedup.value).toBeLessThan(1);
    const [back] = compareMachines({ ...question, arch: tight, bits: [16] }, roomy);
    expect(back!.fitsFirst).toEqual([]);
    expect(back!.speedup.beganToFit.map(({ tensor }) => tensor)).toEqual(['first']);
    expect(back!.speedup.value).toBeCloseTo(1 / there!.speedup.value, 9);
  });
});
