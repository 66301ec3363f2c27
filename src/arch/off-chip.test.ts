import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../errors.js';
import {
  parseMemoryChoice,
  readArch,
  readArchValue,
  resolveMachine,
  toArchJson,
  withMemory,
  withPacking,
} from './index.js';

const arch = readArch(readFileSync(new URL('../../arch/edge-16x16.json', import.meta.url), 'utf8'), 'edge');
const { sources: _, ...offChip } = arch.offChip;

function issuesOf(change: object): readonly string[] {
  try {
    readArchValue({ ...toArchJson(arch), offChip: { ...change } }, 'my.json');
    return [];
  } catch (error) {
    if (!(error instanceof AccelsimError)) throw error;
    return error.message.split('\n');
  }
}

describe('offChip in a machine file', () => {
  it('names a memory in place of a bandwidth', () => {
    expect(issuesOf({ memory: 'LPDDR5', channels: 4, latencyNs: 100 })).toEqual([]);
    expect(issuesOf({ memory: 'HBM2', latencyNs: 100, energyPjPerBit: 3 })).toEqual([]);
  });

  it.each([
    [{ latencyNs: 1 }, 'my.json: offChip.bandwidthGBps: missing; must be GB/s or "inf" where no memory is named'],
    [
      { latencyNs: 1, bandwidthGBps: 3, memory: 'HBM3' },
      'my.json: offChip.bandwidthGBps: must be left out where a memory is named, which has its own (found 3)',
    ],
    [
      { latencyNs: 1, burstBytes: 64, memory: 'HBM3' },
      'my.json: offChip.burstBytes: must be left out where a memory is named, which has its own (found 64)',
    ],
    [
      { latencyNs: 1, bandwidthGBps: 3, channels: 2 },
      'my.json: offChip.channels: must be left out where no memory is named (found 2)',
    ],
  ])('refuses %j', (change, issue) => {
    expect(issuesOf(change)).toEqual([issue]);
  });

  it('refuses an unknown memory and half a channel, both at once', () => {
    const issues = issuesOf({ latencyNs: 1, memory: 'LPDDR55', channels: 1.5 });
    expect(issues).toHaveLength(2);
    expect(issues[0]).toMatch(/^my\.json: offChip\.memory: must be .*did you mean "LPDDR5"\?$/);
  });
});

describe('resolveMachine', () => {
  it('takes a bandwidth alone as it always did', () => {
    expect(resolveMachine(arch, { bits: 4 }).offChip).toEqual({ memory: null, energyPjPerBit: null });
    expect(resolveMachine(arch, { bits: 4 })).toMatchObject({
      packing: 'dense',
      burstBytes: arch.offChip.burstBytes ?? 1,
    });
    const stated = { ...arch, offChip: { ...offChip, energyPjPerBit: 12 } };
    expect(resolveMachine(stated, { bits: 4 }).offChip.energyPjPerBit).toBe(12);
  });

  it('takes peak, burst and energy from a memory', () => {
    const machine = resolveMachine(withMemory(arch, { memory: 'LPDDR5', channels: 4 }), { bits: 4 });
    // 4 x 12.8 GB/s, at 0.5 GHz.
    expect(machine).toMatchObject({ bandwidthGBps: 51.2, offChipBytesPerCycle: 102.4, burstBytes: 32 });
    expect(machine.offChip).toMatchObject({ memory: { name: 'LPDDR5', channels: 4, banks: 16 }, energyPjPerBit: 6.4 });
  });

  it('lets the bandwidth of a run take its place, at the same energy', () => {
    const machine = resolveMachine(withMemory(arch, { memory: 'HBM2' }), { bits: 4, bandwidthGBps: 10 });
    expect(machine).toMatchObject({ bandwidthGBps: 10, burstBytes: 1 });
    expect(machine.offChip).toEqual({ memory: null, energyPjPerBit: 3.9 });
  });
});

describe('variants', () => {
  it('of memory keep the latency and forget the rest', () => {
    const { offChip: changed } = withMemory(arch, parseMemoryChoice('HBM3:2', '--memory'));
    expect(changed).toMatchObject({ memory: 'HBM3', channels: 2, latencyNs: arch.offChip.latencyNs });
    expect(changed.bandwidthGBps).toBeUndefined();
    expect(Object.keys(changed.sources ?? {})).toEqual(['latencyNs']);
    // What they make is a machine file again.
    expect(readArchValue(toArchJson(withPacking({ ...arch, offChip: changed }, 'byte')), 'x').packing).toBe('byte');
  });

  it.each(['HBM3:', 'HBM3:0', 'HBM3:-1', 'HBM3:2.5', 'HBM3:99999'])('refuses %s', (text) => {
    expect(() => parseMemoryChoice(text, '--memory')).toThrow('must have 1 to 4096 channels behind the colon');
  });
});
