import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memories, memoryNames, resolveMemory } from '../arch/index.js';
import { memoryRate } from './channel-rate.js';

const ddr4 = resolveMemory('DDR4-3200', memories['DDR4-3200']);

describe('the rate of a memory', () => {
  it('is that of DDR4-3200 by hand', () => {
    const rate = memoryRate(ddr4, 1);
    // Of 7800 ns a refresh takes 350 and its rows 13.75 twice: 7422.5 / 7800 are left. 25.6 GB/s at 1 GHz.
    const working = 7422.5 / 7800;
    expect(rate.bytesPerCycle).toBeCloseTo(25.6 * working, 9);
    // 13.75 to the first data, 7.5 from write to read, 1.25 between read and write data.
    expect(rate.turnaroundCycles).toBeCloseTo(22.5 / working, 9);
    // 8 KiB: 320 ns, and every 16th time 7.5 + 13.75 + 13.75 ns for a bank that has another row open.
    expect(rate.transferCycles(8192, 1)).toBeCloseTo((320 + 35 / 16) / working, 9);
    // 100 bytes are two bursts, 300 in 3 parts six.
    expect(rate.transferCycles(100, 1)).toBeCloseTo((5 + 35 / 16) / working, 9);
    expect(rate.transferCycles(300, 3)).toBeCloseTo((15 + 35 / 16) / working, 9);
    expect(rate.transferCycles(0, 3)).toBe(0);
    // At half the clock a cycle lasts twice as long.
    expect(memoryRate(ddr4, 0.5).transferCycles(8192, 1)).toBeCloseTo(rate.transferCycles(8192, 1) / 2, 9);
  });

  it('is bounded by activations where rows are short for the pins', () => {
    // Four rows of 64 bytes in 21.25 ns.
    const short = { ...ddr4, pageBytes: 64 };
    expect(memoryRate(short, 1).bytesPerCycle).toBeCloseTo(((4 * 64) / 21.25) * (7422.5 / 7800), 9);
  });

  it('deals a transfer out over the channels', () => {
    const hbm2 = resolveMemory('HBM2', memories.HBM2);
    const work = (bytes: number) => memoryRate(hbm2, 1).transferCycles(bytes, 1);
    // 16 channels of 32 bytes: up to 512 bytes are one burst of each that has any.
    expect(work(1)).toBe(work(512));
    expect(work(513)).toBeGreaterThan(work(512));
  });

  const anyMemory = fc
    .tuple(fc.constantFrom(...memoryNames), fc.integer({ min: 1, max: 64 }))
    .map(([name, channels]) => ({ name, channels, memory: resolveMemory(name, memories[name], channels) }));
  const anyBytes = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 1e8 }));
  const anyParts = fc.integer({ min: 1, max: 64 });

  it('never beats its peak, grows with bytes, and is no slower with more channels', () => {
    fc.assert(
      fc.property(anyMemory, anyBytes, fc.nat(5000), anyParts, ({ name, channels, memory }, bytes, more, parts) => {
        const rate = memoryRate(memory, 1);
        const cycles = rate.transferCycles(bytes, parts);
        expect(cycles).toBeGreaterThanOrEqual(bytes / rate.bytesPerCycle - 1e-9);
        expect(rate.bytesPerCycle).toBeLessThanOrEqual(channels * memory.channelGBps);
        expect(rate.transferCycles(bytes + more, parts)).toBeGreaterThanOrEqual(cycles);
        const wider = memoryRate(resolveMemory(name, memories[name], channels + 1), 1);
        expect(wider.transferCycles(bytes, parts)).toBeLessThanOrEqual(cycles);
      }),
    );
  });
});
