import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import type { Machine, MachineEnergy } from '../arch/index.js';
import { energyOfSums, sumEnergies, topsPerWatt } from './energy.js';
import { NO_ENERGY_SUMS, type EnergySums } from './energy-sums.js';

/** Figures that can be added up on paper. */
const energy: MachineEnergy = {
  technologyNm: null,
  table: null,
  fixedMac: {
    multipliers: [
      { size: 8, energyPj: 0.25 },
      { size: 16, energyPj: 1 },
    ],
    adders: [{ size: 16, energyPj: 0.0625 }],
  },
  registerPjPerBit: 0.015625,
  scratchpadPjPerBit: 0.5,
  sharedBufferPjPerBit: 1,
  interconnectPjPerBitHop: 0.25,
  interconnectHops: 4,
  offChipPjPerBit: 20,
  vectorOperationPj: 2,
  leakageMw: 100,
};

const AREA = { model: 'polynomial', productUm2: 1, linearUm2: 1, constantUm2: 1 } as const;

/** Dedicated 8-bit MACs at 2 GHz. */
const machine: Machine = {
  ...machineOf({ mac: 'dedicated' }),
  mac: { kind: 'dedicated', designBits: 8, referenceBits: 8, area: AREA },
  designBits: 8,
  clockGHz: 2,
  energy,
};

describe('energyOfSums', () => {
  it('is, of an 8-bit MAC with its accesses, what they add up to by hand', () => {
    // One MAC of 8 by 8 bits: 0.25 pJ to multiply, 0.0625 to add 16 bits.
    // Registers: two operands of 8 bits and a sum of 32 bits: 48 bits of 1/64 pJ.
    // Scratchpad: a weight and an input are read, a sum of 4 bytes is written: 6 bytes, 48 bits of 1/2 pJ.
    // Both operands cross the interconnect (4 hops) to two cores (one hop more): 2 x 8 x 4 + 2 x 8 bits of 1/4 pJ.
    // They come from memory: 16 bits of 20 pJ. Ten cycles of 1/2 ns at 100 mW leak 500 pJ.
    const sums: EnergySums = {
      ...NO_ENERGY_SUMS,
      macs: [{ weightBits: 8, activationBits: 8, macs: 1 }],
      registerBits: 48,
      scratchpadBytes: 6,
      sharedBufferBytes: 3,
      interconnectBytes: 2,
      deliveredBytes: 4,
      offChipBytes: 2,
      vectorOperations: 5,
      cycles: 10,
    };
    expect(energyOfSums(sums, machine)).toEqual({
      mac: 0.3125,
      registers: 0.75,
      scratchpad: 24,
      sharedBuffer: 24,
      interconnect: 20,
      offChip: 320,
      vector: 10,
      leakage: 500,
      total: 0.3125 + 0.75 + 24 + 24 + 20 + 320 + 10 + 500,
    });
  });

  it('takes operands on units that were built for them, in as many passes as they need', () => {
    // 16 by 8 bits on 8-bit units: two passes of an 8-bit MAC.
    const of = (weightBits: number) =>
      energyOfSums({ ...NO_ENERGY_SUMS, macs: [{ weightBits, activationBits: 8, macs: 1 }] }, machine).mac;
    expect(of(16)).toBe(2 * of(8)!);
    // Narrow operands save nothing on them.
    expect(of(2)).toBe(of(8));
  });

  it.each([
    ['registerPjPerBit', 'registers'],
    ['scratchpadPjPerBit', 'scratchpad'],
    ['interconnectPjPerBitHop', 'interconnect'],
    ['offChipPjPerBit', 'offChip'],
    ['vectorOperationPj', 'vector'],
    ['leakageMw', 'leakage'],
    ['fixedMac', 'mac'],
  ] as const)('without %s has neither %s nor a total', (figure, component) => {
    const known = energyOfSums(NO_ENERGY_SUMS, machine);
    const energyPj = energyOfSums(NO_ENERGY_SUMS, { ...machine, energy: { ...energy, [figure]: null } });
    expect(energyPj).toEqual({ ...known, [component]: null, total: null });
  });

  it('takes the MACs of a file that states their energy, without any table', () => {
    const stated = {
      ...machine,
      mac: { ...machine.mac, energy: { model: 'table', rows: [{ bits: 8, energyPj: 0.5 }] } },
      energy: { ...energy, fixedMac: null },
    } as Machine;
    const sums = { ...NO_ENERGY_SUMS, macs: [{ weightBits: 8, activationBits: 8, macs: 4 }] };
    expect(energyOfSums(sums, stated).mac).toBe(2);
  });

  it('comes in steps of 2^-10 pJ, so that sums are exact in any order', () => {
    const odd: Machine = { ...machine, energy: { ...energy, vectorOperationPj: 0.1 } };
    const parts = [1, 10, 1e3, 1e6, 1e9].map((vectorOperations) => ({
      energy: energyOfSums({ ...NO_ENERGY_SUMS, vectorOperations }, odd),
      times: 3,
    }));
    for (const { energy: part } of parts) expect(part.vector! * 1024).toBe(Math.round(part.vector! * 1024));
    expect(sumEnergies(parts)).toEqual(sumEnergies(parts.toReversed()));
    // 0.1 x 1024 = 102.4
    expect(parts[0]!.energy.vector).toBe(102 / 1024);
  });
});

describe('sumEnergies', () => {
  it('adds component by component, as often as said, and is unknown where a part is', () => {
    const one = energyOfSums({ ...NO_ENERGY_SUMS, vectorOperations: 3, cycles: 2 }, machine);
    const unknown = { ...one, vector: null, total: null };
    expect(sumEnergies([{ energy: one, times: 2 }])).toMatchObject({ vector: 12, leakage: 200, mac: 0, total: 212 });
    expect(
      sumEnergies([
        { energy: one, times: 1 },
        { energy: unknown, times: 1 },
      ]),
    ).toMatchObject({
      vector: null,
      leakage: 200,
      total: null,
    });
  });
});

describe('topsPerWatt', () => {
  it('counts two operations for each MAC', () => {
    // 1e9 MACs in 1 mJ, which is 1e9 pJ: 2e12 operations for each joule.
    expect(topsPerWatt(1e9, 1e9)).toBe(2);
    expect(topsPerWatt(1e9, null)).toBeNull();
  });
});
