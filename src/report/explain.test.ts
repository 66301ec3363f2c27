import { describe, expect, test } from 'vitest';
import { tinyGrid, tinyRuns } from '../../test/fixtures/runs.js';
import { compareResults } from '../performance/index.js';
import type { Run } from '../performance/result.js';
import { explain } from './explain.js';

/** The text without the line breaks that wrapping put in. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('an explanation', () => {
  const { baseline, run } = tinyRuns();
  const text = flat(explain(baseline, run));

  test('the hand-made speedup is the one that the two results have', () => {
    const { value, factors, beganToFit } = compareResults(baseline.result, run.result);
    expect([value, factors.peak, factors.utilization, factors.memoryRelief]).toEqual(
      [5, 4, 13 / 14, 35 / 26].map((part) => expect.closeTo(part, 12)),
    );
    expect(beganToFit).toEqual(run.speedup?.beganToFit);
  });

  test('says how much faster, and the three factors', () => {
    expect(text).toContain('5.00x faster: 2.00 us instead of 10.0 us.');
    expect(text).toContain('5.00x = 4.00x peak x 0.93x utilization x 1.35x memory relief');
  });

  test('gives the figures each factor is made of', () => {
    expect(text).toContain('256 at 16 bits and 1,024 at 4 bits');
    // 1,152,000 / (256 x 6,500) and 1,152,000 / (1,024 x 1,750)
    expect(text).toContain('while it computes, 69.2% and 64.3%');
    // 3,500 / 10,000 and 250 / 2,000
    expect(text).toContain('35.0% of the time before and 12.5% now');
    // 494,592 bytes and 73,984 bytes
    expect(text).toContain(
      '483 KiB moved before, 72.3 KiB now: 6.69x less. Values that are 4 times narrower explain a part',
    );
  });

  test('names what began to fit with its size before and after', () => {
    expect(text).toContain('conv (activation): 64.0 KiB at 16 bits, 16.0 KiB at 4 bits');
    expect(text).toContain(
      'add (activation): 16.0 KiB at 16 bits, 4.00 KiB at 4 bits, on chip for its first readers only',
    );
  });

  test('counts what binds the layers', () => {
    expect(explain(baseline, run)).toMatch(/computing \(the array\) +1 +60\.0% +1 +70\.0%/);
    expect(explain(baseline, run)).toMatch(/memory \(the off-chip channel\) +2 +40\.0% +1 +20\.0%/);
  });

  test('reads the roofline', () => {
    // ridge: 256 / 64 and 1,024 / 64; intensity: 1,152,000 / 494,592 and / 73,984
    expect(text).toContain(
      '16 bits: computing and moving balance at 4.00 MACs per byte (the ridge point); the network does 2.33 MACs per byte',
    );
    expect(text).toContain(
      '4 bits: computing and moving balance at 16.0 MACs per byte (the ridge point); the network does 15.6 MACs per byte',
    );
    // 16 bits: conv max(4,000, 262,144 / 64 = 4,096), add 768, fc max(500, 2,864) = 7,728 cycles
    // 4 bits: conv max(1,000, 768), add 0, fc max(125, 388) = 1,388 cycles
    expect(text).toContain('It gives 7.73 us and 1.39 us, a speedup of 5.57x.');
  });

  test('of a network without MACs speaks of no peak, and has no figure that is none', () => {
    const without = (result: Run['result'], unlimited: boolean): Run['result'] => ({
      ...result,
      arch: unlimited ? { ...result.arch, bandwidthGBps: Infinity } : result.arch,
      // The addition of the wide run, which moves 49,152 bytes.
      layers: baseline.result.layers.filter(({ macs }) => macs === 0),
      totals: { ...result.totals, macs: 0, peakMacsPerCycle: 0, utilization: 0 },
    });
    for (const unlimited of [false, true]) {
      const said = flat(
        explain(
          { ...baseline, result: without(baseline.result, unlimited) },
          { ...run, result: without(run.result, unlimited) },
        ),
      );
      expect(said).not.toMatch(/NaN|Infinity|undefined/);
      expect(said).toContain('Peak, 1.00x: the network has no multiply-accumulates (MACs), which a peak would be of.');
      // Of the hand-made network only its cycles matter here.
      expect(said).toContain('how long the vector unit works, 6,500 cycles at 16 bits and 1,750 cycles at 4 bits.');
      expect(said).not.toContain('ridge point');
      expect(said.includes('It gives no time at all')).toBe(unlimited);
    }
  });

  test('says what the next step would give and where it would not help', () => {
    // add: 200 cycles now and then
    expect(text).toContain(
      'At 2 bits it would take 1.25 us, 1.60x faster than now. 1 layer of 3, with 10.0% of the present time, would hardly gain',
    );
  });
});

test('without waiting there is nothing to relieve, and no ridge', () => {
  const [baseline, , run] = tinyGrid();
  const text = flat(explain(baseline!, run!));
  expect(text).toContain('neither run waits for memory');
  expect(text).toContain('bandwidth is unlimited, so only the peak counts');
});

test('a precision for which the machine has no mode of its own is not said to have a higher peak', () => {
  const { baseline } = tinyRuns();
  const text = flat(explain(baseline, baseline));
  expect(text).toContain('1.00x peak x 1.00x utilization x 1.00x memory relief');
  expect(text).toContain('This machine does no more of them at the one width than at the other.');
});

test('the slower way round is called slower', () => {
  const { baseline, run } = tinyRuns();
  const text = flat(explain(run, baseline));
  expect(text).toContain('5.00x slower: 10.0 us instead of 2.00 us.');
  expect(text).toContain('Nothing more stays in the 128 KiB of on-chip memory');
  expect(text).toContain('This machine has no narrower precision');
});
