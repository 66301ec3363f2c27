import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chipArea, type BuiltChip } from './chip-area.js';
import { readArch, type ArchSpec } from './index.js';
import { readArchValue } from './read.js';

const arch = readArch(readFileSync(new URL('../../arch/default.json', import.meta.url), 'utf8'), 'default.json');
const spec = {
  ...arch,
  cores: 4,
  array: { ...arch.array, areaUm2PerRegisterBit: 2 },
  scratchpad: { capacityKiB: 256, areaMm2PerMiB: 1, peripheryUm2PerBank: 500 },
  interconnect: { multicast: true, areaMm2PerCore: 0.25, areaUm2PerBytePerCycle: 1000, bandwidthBytesPerCycle: 64 },
  vectorUnit: { lanes: 10, areaUm2PerLane: 100 },
  offChip: { bandwidthGBps: 64, latencyNs: 100, areaMm2PerGBps: 0.125 },
  energy: { scratchpadBanks: 8 },
} satisfies ArchSpec;
const chip: BuiltChip = {
  elements: 100,
  elementAreaUm2: 50,
  designBits: 16,
  preloads: true,
  bandwidthGBps: 64,
  channels: null,
};
const parts = [
  'macArrayMm2',
  'registersMm2',
  'scratchpadMm2',
  'sharedBufferMm2',
  'vectorUnitMm2',
  'interconnectMm2',
  'offChipInterfaceMm2',
] as const;

describe('chipArea', () => {
  it('prices every component of the chip', () => {
    // MACs: 4 x 100 x 50 um2. Registers: 4 x 100 x 16 bits x 2 um2. Scratchpads: 4 x (1/4 mm2 and 8 banks x 500 um2).
    // Lanes: 4 x 10 x 100 um2. Interconnect: 4 x 0.25 mm2 and 64 x 1000 um2. Interface: 64 x 0.125 mm2.
    const area = chipArea(spec, chip);
    expect(area.macArrayMm2).toBeCloseTo(0.02, 12);
    expect(area.registersMm2).toBeCloseTo(0.0128, 12);
    expect(area.scratchpadMm2).toBeCloseTo(1.016, 12);
    expect(area.sharedBufferMm2).toBe(0);
    expect(area.vectorUnitMm2).toBeCloseTo(0.004, 12);
    expect(area.interconnectMm2).toBeCloseTo(1.064, 12);
    expect(area.offChipInterfaceMm2).toBe(8);
  });

  it('adds up to the last digit, whatever the figures are', () => {
    const figure = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(figure, figure, figure, figure, (bit, mib, lane, router) => {
        const area = chipArea(
          {
            ...spec,
            array: { ...spec.array, areaUm2PerRegisterBit: bit },
            scratchpad: { ...spec.scratchpad, areaMm2PerMiB: mib },
            vectorUnit: { lanes: 7, areaUm2PerLane: lane },
            interconnect: { multicast: true, areaMm2PerCore: router },
          },
          chip,
        );
        expect(area.totalMm2).toBe(parts.reduce((sum, part) => sum + area[part]!, 0));
        expect(area.totalMm2).toBe(area.coresMm2! + area.offChipInterfaceMm2!);
      }),
    );
  });

  it.each([
    ['registersMm2', { array: { ...spec.array, areaUm2PerRegisterBit: undefined } }],
    ['scratchpadMm2', { scratchpad: { capacityKiB: 256 } }],
    ['sharedBufferMm2', { sharedBuffer: { capacityKiB: 64 } }],
    ['vectorUnitMm2', { vectorUnit: { lanes: 10 } }],
    ['interconnectMm2', { interconnect: undefined }],
    ['interconnectMm2', { interconnect: { multicast: true } }],
  ] as const)('knows neither %s nor a sum of the cores where the file gives no figure', (part, change) => {
    const area = chipArea({ ...spec, ...change }, chip);
    expect([area[part], area.coresMm2, area.totalMm2]).toEqual([null, null, null]);
    expect(parts.filter((other) => area[other] === null)).toEqual([part]);
  });

  it('knows the cores, and not the whole, where the channel is unlimited or has no figure', () => {
    const cores = chipArea(spec, chip).coresMm2;
    const unlimited = chipArea(spec, { ...chip, bandwidthGBps: Infinity });
    const silent = chipArea({ ...spec, offChip: { bandwidthGBps: 64, latencyNs: 0 } }, chip);
    for (const area of [unlimited, silent])
      expect(area).toMatchObject({ offChipInterfaceMm2: null, coresMm2: cores, totalMm2: null });
  });

  it('prices channels of memory one by one, where they are known', () => {
    const offChip = { memory: 'HBM2', latencyNs: 100, areaMm2PerChannel: 0.5 } as const;
    expect(chipArea({ ...spec, offChip }, { ...chip, channels: 16 }).offChipInterfaceMm2).toBe(8);
    expect(chipArea({ ...spec, offChip }, chip).offChipInterfaceMm2).toBeNull();
  });

  it('prices channels whose file does not by their kind of memory, and leaves null what nobody published', () => {
    const areaOf = (memory: 'LPDDR5' | 'HBM3', stated = {}) =>
      chipArea({ ...spec, offChip: { memory, latencyNs: 100, ...stated } }, { ...chip, channels: 5 })
        .offChipInterfaceMm2;
    expect(areaOf('LPDDR5')).toBe(6.5);
    expect(areaOf('LPDDR5', { areaMm2PerChannel: 2 })).toBe(10);
    // chip has 64 GB/s
    expect(areaOf('LPDDR5', { areaMm2PerGBps: 0.25 })).toBe(0.25 * chip.bandwidthGBps);
    expect(areaOf('HBM3')).toBeNull();
    expect(areaOf('HBM3', { areaMm2PerChannel: 2 })).toBe(10);
  });

  it('counts no register twice: nothing is added where nothing is preloaded, or what the file says', () => {
    expect(chipArea(spec, { ...chip, preloads: false }).registersMm2).toBe(0);
    const array = { ...spec.array, registerBits: 40 };
    // 4 x 100 x 40 x 2 um2
    expect(chipArea({ ...spec, array }, { ...chip, preloads: false }).registersMm2).toBeCloseTo(0.032, 12);
    const none = { ...spec.array, registerBits: 0, areaUm2PerRegisterBit: undefined };
    expect(chipArea({ ...spec, array: none }, chip).registersMm2).toBe(0);
  });

  it('has small memories take more for a bit, by the periphery of their banks', () => {
    const perKib = (capacityKiB: number) =>
      chipArea({ ...spec, scratchpad: { ...spec.scratchpad, capacityKiB } }, chip).scratchpadMm2! / capacityKiB;
    expect([perKib(4) > perKib(8), perKib(8) > perKib(4096)]).toEqual([true, true]);
  });

  it('needs no interconnect on a chip of one core', () => {
    const { interconnect: _, ...without } = { ...spec, cores: 1 };
    expect(chipArea(without, chip).interconnectMm2).toBe(0);
  });
});

describe('area figures of a machine file', () => {
  const json = JSON.parse(readFileSync(new URL('../../arch/default.json', import.meta.url), 'utf8')) as ArchSpec;
  it.each([
    [
      { interconnect: { multicast: true, areaUm2PerBytePerCycle: 5 } },
      'interconnect.bandwidthBytesPerCycle: missing; must be stated',
    ],
    [
      { offChip: { bandwidthGBps: 64, latencyNs: 1, areaMm2PerChannel: 1 } },
      'offChip.areaMm2PerChannel: must be left out where no memory is named',
    ],
    [
      { offChip: { memory: 'HBM2', latencyNs: 1, areaMm2PerChannel: 1, areaMm2PerGBps: 1 } },
      'offChip.areaMm2PerGBps: must be left out where areaMm2PerChannel is stated',
    ],
    [{ array: { ...json.array, registerBits: -1 } }, 'array.registerBits'],
    [{ scratchpad: { capacityKiB: 1, peripheryUm2PerBank: 0 } }, 'scratchpad.peripheryUm2PerBank'],
  ])('are refused where they do not go together: %j', (change, message) => {
    expect(() => readArchValue({ ...json, ...change }, 'mine.json')).toThrow(message);
  });
});
