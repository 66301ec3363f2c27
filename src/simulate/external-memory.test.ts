import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArch, withMemory, withPacking } from '../arch/index.js';
import { readNetwork } from '../workload/index.js';
import { simulateRun } from './runs.js';
import { playRun } from './trace.js';

const network = readNetwork(readFileSync('workloads/resnet50.json', 'utf8'), 'resnet50.json');
const arch = readArch(readFileSync('arch/default.json', 'utf8'), 'default.json');
const run = (bits: number, machine = arch, bandwidthGBps?: number) =>
  simulateRun({ arch: machine, network, mode: 'latency' }, { policy: 'edges', bits }, bandwidthGBps);

describe('a run with a kind of memory', () => {
  // 5 x 12.8 GB/s: the peak of the machine's own 64.
  const lpddr5 = withMemory(arch, { memory: 'LPDDR5', channels: 5 });

  it('is slower than its peak would be, by what rows, turnarounds and refreshes take', () => {
    const [remembering, peak] = [run(16, lpddr5), run(16)];
    expect(remembering.arch).toMatchObject({ bandwidthGBps: 64, energyPjPerBit: 6.4 });
    expect(remembering.arch.memory).toEqual({ name: 'LPDDR5', channels: 5 });
    const { effectiveGBps } = remembering.arch;
    // Refreshes alone leave 94 %.
    expect(effectiveGBps).toBeLessThan(0.94 * 64);
    expect(effectiveGBps).toBeGreaterThan(0.85 * 64);
    const ratio = remembering.totals.totalCycles / peak.totals.totalCycles;
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(64 / effectiveGBps!);
    expect(peak.arch).toMatchObject({ memory: null, effectiveGBps: null, energyPjPerBit: null, packing: 'dense' });
  });

  it('gives way to a bandwidth that is asked for', () => {
    const asked = run(4, lpddr5, 64);
    expect(asked.arch).toMatchObject({ memory: null, bandwidthGBps: 64, energyPjPerBit: 6.4 });
    expect(asked.totals.totalCycles).toBe(run(4).totals.totalCycles);
  });

  it('is played bank by bank', () => {
    const at = (machine: typeof arch) =>
      playRun({ arch: machine, network, mode: 'latency' }, { policy: 'edges', bits: 4 }, { layer: 'layer4.1.conv2' });
    const [banks, peak] = [at(lpddr5), at(arch)];
    expect(banks.layers[0]!.bytes.total).toBe(peak.layers[0]!.bytes.total);
    const ratio = banks.layers[0]!.channelCycles / peak.layers[0]!.channelCycles;
    expect(ratio).toBeGreaterThan(1.03);
    expect(ratio).toBeLessThan(1.15);
  });
});

describe('packing of ResNet50', () => {
  it('costs at 3 bits what the wider values would, and nothing at 4 unless in bytes', () => {
    const cycles = (bits: number, packing: Parameters<typeof withPacking>[1]) =>
      run(bits, withPacking(arch, packing)).totals.totalCycles;
    // Arrays run 3 bits in the mode of 4 bits: packed as 4 there is nothing left to tell them apart by.
    expect(cycles(3, 'power-of-two')).toBe(cycles(4, 'dense'));
    expect(cycles(4, 'container')).toBe(cycles(4, 'dense'));
    expect(cycles(3, 'dense')).toBeLessThan(cycles(3, 'container'));
    expect(cycles(3, 'container')).toBeLessThan(cycles(3, 'power-of-two'));
    expect(cycles(4, 'byte')).toBeGreaterThan(1.5 * cycles(4, 'dense'));
  });
});
