import { describe, expect, it } from 'vitest';
import {
  channelGBps,
  memories,
  memoriesWithArea,
  memoryNames,
  parseMemory,
  resolveMemory,
  type MemoryPreset,
} from './index.js';

describe.each(memoryNames)('%s', (name) => {
  const preset: MemoryPreset = memories[name];
  const { timing, burstBytes, pageBytes, banks } = preset;

  it('says of every figure where it comes from', () => {
    const fields = [
      'channels',
      'pinGbps',
      'channelBits',
      'burstBytes',
      'pageBytes',
      'banks',
      'energyPjPerBit',
      'areaMm2PerChannel',
    ];
    expect(Object.keys(preset.sources).toSorted()).toEqual([...fields, ...Object.keys(timing)].toSorted());
    for (const source of Object.values(preset.sources)) expect(source.length).toBeGreaterThan(10);
  });

  it('is laid out in powers of two, a page of whole bursts', () => {
    for (const size of [burstBytes, pageBytes, banks]) expect(Math.log2(size) % 1).toBe(0);
    expect(pageBytes).toBeGreaterThan(burstBytes);
  });

  it('has times that follow from one another', () => {
    expect(timing.tRasNs).toBeGreaterThan(timing.tRcdNs);
    // Four activations in a window, at least as far apart as two may be.
    expect(timing.tFawNs).toBeGreaterThanOrEqual(4 * timing.tRrdNs);
    expect(timing.tRefiNs).toBeGreaterThan(10 * timing.tRfcNs);
    // A page takes longer than the next one's activation may: streams are never short of rows.
    expect(pageBytes / channelGBps(preset)).toBeGreaterThan(Math.max(timing.tRrdNs, timing.tFawNs / 4));
  });
});

describe('peaks as they are published', () => {
  const peak = (name: keyof typeof memories, channels?: number) => {
    const memory = resolveMemory(name, memories[name], channels);
    return memory.channels * memory.channelGBps;
  };

  it.each([
    // One module: 3200 MT/s x 8 bytes.
    ['DDR4-3200', 25.6],
    // 4266 MT/s on 32 bits.
    ['LPDDR4X', 17.064],
    ['LPDDR5', 25.6],
    // One device, 14 Gb/s on 32 bits.
    ['GDDR6', 56],
    // Stacks: JESD235A, JESD235C and JESD238 give 256, 410 and 819 GB/s.
    ['HBM2', 256],
    ['HBM2E', 409.6],
    ['HBM3', 819.2],
  ] as const)('%s: %d GB/s', (name, gbps) => {
    expect(peak(name)).toBeCloseTo(gbps, 6);
  });

  it('grow with channels', () => {
    expect(peak('LPDDR5', 8)).toBeCloseTo(102.4, 6);
  });
});

describe('area of the interface on the chip', () => {
  it('is that of 16 pins of DDR3, of the PHY and controller of a stack, or nobody knows', () => {
    const areas = memoryNames.map((name) => [name, memories[name].areaMm2PerChannel]);
    expect(Object.fromEntries(areas)).toEqual({
      // 64 pins of 1.3 mm2 for 16 each
      'DDR4-3200': 5.2,
      LPDDR4X: 1.3,
      LPDDR5: 1.3,
      GDDR6: null,
      // (10.45 mm2 + 552.743 / 96.3 mm2) / 16 = 1.0119 mm2
      HBM2: 1.01,
      HBM2E: 1.01,
      HBM3: null,
    });
    expect(memoriesWithArea).toEqual(['DDR4-3200', 'LPDDR4X', 'LPDDR5', 'HBM2', 'HBM2E']);
  });
});

it('an unknown memory is told the nearest', () => {
  expect(() => parseMemory('LPDDR55', 'x')).toThrow('did you mean LPDDR5?');
  expect(() => parseMemory('hbm3', 'x')).toThrow('did you mean HBM3?');
  expect(() => parseMemory('core memory', 'x')).toThrow(/must be one of DDR4-3200, .*HBM3 \(found "core memory"\)$/);
});
