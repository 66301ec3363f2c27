import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BITS_ALLOWED } from '../precision/index.js';
import type { ArchJson, ArchSpec } from './index.js';
import { dataflowOf, peakMacsPerCycle, readArchValue, resolveMachine } from './index.js';

const area = { model: 'polynomial', productUm2: 0.6522, linearUm2: 1.2021, constantUm2: 7.815 } as const;

const small: ArchJson = {
  name: 'small',
  clockGHz: 0.5,
  cores: 4,
  array: { rows: 16, columns: 16, dataflows: ['weight-stationary'], preload: 'overlapped' },
  mac: { kind: 'configurable', referenceBits: 16, modeBits: [16, 8, 4, 2], area },
  scratchpad: { capacityKiB: 128, areaMm2PerMiB: 2 },
  vectorUnit: { lanes: 64, areaUm2PerLane: 1000 },
  offChip: { bandwidthGBps: 64, latencyNs: 101 },
};

const spec = (change: Partial<ArchJson> = {}): ArchSpec => readArchValue({ ...small, ...change }, 'test');
const perRun = spec({ mac: { kind: 'dedicated', designBits: 'run', referenceBits: 16, area } });

describe('resolveMachine', () => {
  it('turns the file into what the model computes with', () => {
    expect(resolveMachine(spec(), { bits: 4 })).toMatchObject({
      name: 'small',
      cores: 4,
      rows: 16,
      columns: 16,
      depth: 1,
      dataflows: [dataflowOf('weight-stationary')],
      preload: 'overlapped',
      designBits: 16,
      scratchpadBytesPerCore: 131_072,
      vectorLanesPerCore: 64,
      clockGHz: 0.5,
      bandwidthGBps: 64,
      // 64e9 bytes per second at 0.5e9 cycles per second
      offChipBytesPerCycle: 128,
      // 101 ns are 50.5 cycles: the 51st is begun
      offChipLatencyCycles: 51,
      // What the file leaves out is never the limit.
      scratchpadBytesPerCycle: Infinity,
      sharedBuffer: null,
      interconnect: { multicast: true, bytesPerCycle: Infinity },
      burstBytes: 1,
      schedule: { prefetch: 'none', fusion: 'none' },
    });
  });

  it('takes the levels of memory as the file has them', () => {
    const change: Partial<ArchJson> = {
      array: { rows: 16, columns: 16, depth: 3, dataflows: ['pixel-channel-parallel'], preload: 'exposed' },
      scratchpad: { capacityKiB: 128, bandwidthBytesPerCycle: 96, areaMm2PerMiB: 2 },
      sharedBuffer: { capacityKiB: 2048, bandwidthBytesPerCycle: 64, areaMm2PerMiB: 1.5 },
      interconnect: { multicast: false, bandwidthBytesPerCycle: 48, areaMm2PerCore: 0.125 },
      offChip: { bandwidthGBps: 64, latencyNs: 101, burstBytes: 64, areaMm2PerGBps: 0.125 },
      schedule: { prefetch: 'next-layer' },
    };
    const machine = resolveMachine(spec(change));
    expect(machine).toMatchObject({
      depth: 3,
      scratchpadBytesPerCycle: 96,
      sharedBuffer: { bytes: 2 ** 21, bytesPerCycle: 64 },
      interconnect: { multicast: false, bytesPerCycle: 48 },
      burstBytes: 64,
      schedule: { prefetch: 'next-layer', fusion: 'none' },
    });
    // Three planes of MACs, and 2 MiB at 1.5 mm2; four routers, 64 GB/s; nothing is preloaded.
    expect(machine.area.macArrayMm2).toBeCloseTo(3 * 0.218_363, 5);
    expect(machine.area.sharedBufferMm2).toBe(3);
    expect(machine.area.totalMm2).toBeCloseTo(3 * 0.218_363 + 1 + 3 + 0.256 + 0.5 + 8, 5);
    expect(peakMacsPerCycle(machine, 16, 16)).toBe(4 * 16 * 16 * 3);
    const unknown = { ...change, sharedBuffer: { capacityKiB: 2048 } };
    expect(resolveMachine(spec(unknown)).area).toMatchObject({ sharedBufferMm2: null, totalMm2: null });
  });

  it('completes a dataflow that the file states', () => {
    const array: ArchJson['array'] = {
      rows: 2,
      columns: 8,
      dataflows: [
        'row-stationary',
        { name: 'own', stationary: 'outputs', axes: { columns: { unroll: ['groups', 'outputChannels'] } } },
      ],
      preload: 'exposed',
    };
    const { dataflows } = resolveMachine(spec({ array }));
    expect(dataflows[0]).toBe(dataflowOf('row-stationary'));
    expect(dataflows[1]).toMatchObject({ name: 'own', stream: 'reduction', preloads: false, mixesGroups: true });
  });

  it('waits no cycle for no latency, and no cycle too many for a rounding error', () => {
    expect(resolveMachine(spec({ offChip: { bandwidthGBps: 1, latencyNs: 0 } })).offChipLatencyCycles).toBe(0);
    // 110 * 1.1 is 121.00000000000001 in double precision
    const odd = spec({ clockGHz: 1.1, offChip: { bandwidthGBps: 1, latencyNs: 110 } });
    expect(resolveMachine(odd).offChipLatencyCycles).toBe(121);
  });

  it('takes the bandwidth of the run before that of the file', () => {
    const machine = resolveMachine(spec(), { bandwidthGBps: Infinity });
    expect(machine.bandwidthGBps).toBe(Infinity);
    expect(machine.offChipBytesPerCycle).toBe(Infinity);
    expect(resolveMachine(spec(), { bandwidthGBps: 32 }).offChipBytesPerCycle).toBe(64);
  });

  it('adds up the area of all cores', () => {
    // MAC of 16 bits: 0.6522 * 256 + 1.2021 * 32 + 7.815 = 213.2454 um2; 4 * 256 of them are 0.21836 mm2.
    // Scratchpads: 4 * 1/8 MiB * 2 mm2. Lanes: 4 * 64 * 1000 um2.
    // A second weight register: 4 * 256 * 16 bits of 1 um2. Routers: 4 * 0.25 mm2. Interface: 64 GB/s of 0.5 mm2.
    const priced = spec({
      array: { ...small.array, areaUm2PerRegisterBit: 1 },
      interconnect: { multicast: true, areaMm2PerCore: 0.25 },
      offChip: { ...small.offChip, areaMm2PerGBps: 0.5 },
    });
    const { area: chip } = resolveMachine(priced);
    expect(chip.registersMm2).toBeCloseTo(0.016_384, 9);
    expect([chip.interconnectMm2, chip.offChipInterfaceMm2]).toEqual([1, 32]);
    expect(resolveMachine(priced, { bandwidthGBps: 32 }).area.offChipInterfaceMm2).toBe(16);
    expect(chip.macArrayMm2).toBeCloseTo(0.218_363, 6);
    expect(chip.scratchpadMm2).toBe(1);
    expect(chip.vectorUnitMm2).toBe(0.256);
    expect(chip.totalMm2).toBeCloseTo(1.474_363 + 0.016_384 + 33, 6);
  });

  it('gives no total where a part is unknown', () => {
    const { area: chip } = resolveMachine(spec({ vectorUnit: { lanes: 64 } }));
    expect(chip).toMatchObject({ scratchpadMm2: 1, vectorUnitMm2: null, totalMm2: null });
  });

  it('keeps the array of configurable units at every width, and says so', () => {
    for (const bits of [...BITS_ALLOWED, null]) {
      const machine = resolveMachine(spec(), { bits });
      expect(machine).toEqual(resolveMachine(spec()));
      expect(machine.arrayChoice).toBe(
        'configurable MACs (16, 8, 4, 2 bits): 16 x 16 per core, 256 elements in 0.0546 mm2',
      );
    }
  });

  it('says one element of one', () => {
    const { array } = spec();
    const single = resolveMachine(spec({ array: { ...array, rows: 1, columns: 1 } }));
    expect(single.arrayChoice).toContain('1 x 1 per core, 1 element in 0.000213 mm2');
  });

  it('buys more elements as dedicated units shrink, and says what the budget bought', () => {
    // A 4-bit MAC is 0.6522 * 16 + 1.2021 * 8 + 7.815 = 27.867 um2; 256 * 213.2454 / 27.867 = 1958.98.
    const machine = resolveMachine(perRun, { bits: 4 });
    expect(machine).toMatchObject({ designBits: 4, rows: 32, columns: 61 });
    expect(machine.arrayChoice).toBe(
      'dedicated 4-bit MACs: 1,958 elements fit the area of 256 16-bit ones (0.0546 mm2): 32 x 61 per core',
    );
  });

  it('spends a budget that the file states alike on every kind of unit, in the shape of the array', () => {
    // 0.0546 mm2 are 256.04 16-bit MACs of 213.2454 um2, or 1959.3 4-bit ones of 27.867; or 75.3 bricks of 3.4 times.
    const { array } = spec();
    const budgeted = (mac: ArchSpec['mac']) =>
      resolveMachine(spec({ array: { ...array, rows: 1, columns: 1, macBudgetMm2: 0.0546 }, mac }), { bits: 4 });
    const whole = budgeted(spec().mac);
    expect(whole).toMatchObject({ rows: 16, columns: 16 });
    expect(whole.arrayChoice).toBe(
      'configurable MACs (16, 8, 4, 2 bits): 256 elements fit the budget of 0.0546 mm2: 16 x 16 per core',
    );
    expect(budgeted(perRun.mac)).toMatchObject({ rows: 32, columns: 61 });
    const fused = budgeted({ kind: 'fused', brickBits: 2, widestBits: 16, flexibilityFactor: 3.4, area });
    expect(fused).toMatchObject({ rows: 8, columns: 9 });
    expect(fused.area.macArrayMm2).toBeCloseTo((4 * 72 * 3.4 * 213.2454) / 1e6, 9);
    const none = { ...array, macBudgetMm2: 0.0002 };
    expect(() => resolveMachine(spec({ array: none }))).toThrow(
      'the budget of 0.0002 mm2 holds not one of the configurable MACs (16, 8, 4, 2 bits); enlarge array.macBudgetMm2',
    );
  });

  it('gives exactly the reference array at the reference width', () => {
    expect(resolveMachine(perRun, { bits: 16 })).toMatchObject({ rows: 16, columns: 16 });
  });

  it('never spends more than the budget, and does not lose peak with fewer bits', () => {
    const width = fc.constantFrom(...BITS_ALLOWED);
    const budgetMm2 = resolveMachine(perRun, { bits: 16 }).area.macArrayMm2;
    fc.assert(
      fc.property(width, width, (one, other) => {
        const narrowBits = Math.min(one, other);
        const wideBits = Math.max(one, other);
        const narrow = resolveMachine(perRun, { bits: narrowBits });
        const wide = resolveMachine(perRun, { bits: wideBits });
        expect(narrow.area.macArrayMm2).toBeLessThanOrEqual(budgetMm2 * (1 + 1e-9));
        const peak = peakMacsPerCycle(narrow, narrowBits, narrowBits);
        expect(peak).toBeGreaterThanOrEqual(peakMacsPerCycle(wide, wideBits, wideBits));
      }),
    );
  });

  it.each([
    ['a width nobody has', spec(), { bits: 17 }, 'machine small: bits: must be an integer from 1 to 16, or 32'],
    ['no bandwidth', spec(), { bandwidthGBps: 0 }, 'machine small: bandwidthGBps: must be a number of GB/s'],
    ['a bandwidth that is no number', spec(), { bandwidthGBps: Number.NaN }, 'bandwidthGBps'],
    ['a bandwidth of minus infinity', spec(), { bandwidthGBps: -Infinity }, 'bandwidthGBps'],
    ['a per-layer run on units built for the run', perRun, { bits: null }, 'machine small: mac.designBits'],
    ['a spec that a program has spoilt', { ...spec(), cores: 0 }, {}, 'machine small: cores: must be at least 1'],
    ['a spec with half a core', { ...spec(), cores: 1.5 }, {}, 'machine small: cores'],
    ['a clock that is no number', { ...spec(), clockGHz: Number.NaN }, {}, 'machine small: clockGHz'],
  ])('refuses %s', (_, broken, choices, message) => {
    expect(() => resolveMachine(broken, choices)).toThrow(message);
  });

  it('refuses a run that builds units wider than their tables, both at once', () => {
    const rows = [{ bits: 16, areaUm2: 200, energyPj: 1 }];
    const mac = {
      ...perRun.mac,
      area: { model: 'table', rows: rows.map(({ bits, areaUm2 }) => ({ bits, areaUm2 })) },
      energy: { model: 'table', rows: rows.map(({ bits, energyPj }) => ({ bits, energyPj })) },
    } as const;
    const built = 'must have a row of 32 bits or more; the widest has 16; the units of this run are built for 32 bits';
    expect(() => resolveMachine(spec({ mac }), { bits: 32 })).toThrow(
      `machine small: mac.area.rows: ${built}\nmachine small: mac.energy.rows: ${built}`,
    );
    expect(resolveMachine(spec({ mac }), { bits: 16 })).toMatchObject({ rows: 16, columns: 16 });
  });

  it('refuses a budget that holds not one element, or more than an array has places for', () => {
    const one = { rows: 1, columns: 1, dataflows: ['weight-stationary' as const], preload: 'overlapped' as const };
    const wide = spec({ array: one, mac: { kind: 'dedicated', designBits: 16, referenceBits: 8, area } });
    expect(() => resolveMachine(wide)).toThrow('holds not one of the dedicated 16-bit MACs');

    const steep = {
      model: 'table' as const,
      rows: [
        { bits: 1, areaUm2: 1e-6 },
        { bits: 16, areaUm2: 1e6 },
      ],
    };
    const many = spec({ mac: { kind: 'dedicated', designBits: 1, referenceBits: 16, area: steep } });
    expect(() => resolveMachine(many)).toThrow('more dedicated 1-bit MACs than');
  });
});

describe('peakMacsPerCycle', () => {
  it('is cores x rows x columns x lanes / passes', () => {
    const machine = resolveMachine(spec());
    // 4 cores of 256 elements: 1024 at 16 bits, 4 lanes at 4, 4 passes at 32
    expect(peakMacsPerCycle(machine, 16, 16)).toBe(1024);
    expect(peakMacsPerCycle(machine, 4, 4)).toBe(4096);
    expect(peakMacsPerCycle(machine, 2, 8)).toBe(2048);
    expect(peakMacsPerCycle(machine, 32, 32)).toBe(256);
  });
});
