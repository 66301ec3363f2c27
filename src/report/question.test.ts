import { describe, expect, it } from 'vitest';
import { tinyRuns } from '../../test/fixtures/runs.js';
import type { NetworkResult } from '../performance/index.js';
import { questionFacts } from './question.js';

function lines(change: Partial<NetworkResult['arch']>): Readonly<Record<string, string>> {
  const { result } = tinyRuns().run;
  const facts = questionFacts({ ...result, arch: { ...result.arch, ...change } });
  return Object.fromEntries(facts.map(({ label, value }) => [label, value]));
}

describe('what was asked', () => {
  it('names a bandwidth alone as it always did', () => {
    expect(lines({})['bandwidth']).toBe('64 GB/s off-chip, shared by all cores');
  });

  it('says of a kind of memory its peak and what was left of it', () => {
    const memory = { name: 'LPDDR5', channels: 2 };
    expect(lines({ memory, bandwidthGBps: 25.6, effectiveGBps: 19.2 })['bandwidth']).toBe(
      'LPDDR5, 2 channels, 25.6 GB/s peak off-chip, shared by all cores; 19.2 GB/s (75.0%) while it was at work',
    );
    const idle = { memory: { name: 'DDR4-3200', channels: 1 }, bandwidthGBps: 25.6, effectiveGBps: null };
    expect(lines(idle)['bandwidth']).toBe(
      'DDR4-3200, 1 channel, 25.6 GB/s peak off-chip, shared by all cores; nothing moved',
    );
  });

  it('says how bits lie in memory', () => {
    expect(lines({})['packing']).toBe('dense: values bit by bit, none wasted');
    expect(lines({ packing: 'container' })['packing']).toBe('container: as many whole values as fit a word of 32 bits');
  });
});
