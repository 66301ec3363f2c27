import { describe, expect, it } from 'vitest';
import type { LayerSums } from './layer-sums.js';
import { totalsOfSums } from './sum-totals.js';
import { machineOf } from '../../test/properties/machines.test-data.js';

/** Figures that are told apart in a sum. */
const sums = (scale: number): LayerSums => ({
  peakMacsPerCycle: 64 * scale,
  computeCycles: 200 * scale,
  offChipBytes: { weights: 10 * scale, inputs: 20 * scale, outputs: 30 * scale, total: 60 * scale },
  scratchpadBytesPerCore: 1000 * scale,
  sharedBufferBytes: 70 * scale,
  interconnectBytes: 80 * scale,
  energySums: {
    macs: [{ weightBits: 8, activationBits: 8, macs: 4000 * scale }],
    registerBits: 5000 * scale,
    scratchpadBytes: 1100 * scale,
    sharedBufferBytes: 70 * scale,
    interconnectBytes: 80 * scale,
    deliveredBytes: 90 * scale,
    offChipBytes: 60 * scale,
    vectorOperations: 0,
  },
});

const machine = machineOf({});
const energy = {
  ...machine.energy,
  fixedMac: null,
  registerPjPerBit: 1,
  scratchpadPjPerBit: 1,
  sharedBufferPjPerBit: 1,
  interconnectPjPerBitHop: 1,
  interconnectHops: 2,
  offChipPjPerBit: 1,
  vectorOperationPj: 1,
  leakageMw: 1,
};
const network = { layers: [], batch: 1 };

describe('totals of sums', () => {
  it('count a piece as often as it is said, energy too', () => {
    const priced = { ...machine, energy };
    const thrice = totalsOfSums(
      [
        { sums: sums(1), cycles: 300, times: 3 },
        { sums: sums(2), cycles: 600, times: 1 },
      ],
      250,
      network,
      priced,
    );
    const one = { sums: sums(1), cycles: 300, times: 1 };
    expect(thrice).toEqual(
      totalsOfSums([one, one, one, { sums: sums(2), cycles: 600, times: 1 }], 250, network, priced),
    );
    expect(thrice).toMatchObject({
      totalCycles: 3 * 300 + 600,
      computeCycles: 3 * 200 + 400,
      stallCycles: 500,
      peakMacsPerCycle: 128,
      offChipBytes: { weights: 50, inputs: 100, outputs: 150, total: 300 },
      compulsoryBytes: 250,
      scratchpadBytesPerCore: 5000,
      sharedBufferBytes: 350,
      interconnectBytes: 400,
    });
    // 5 x 5000 bits; 8 bits a byte; 2 hops of 80 bytes and 10 for further cores; a picojoule a cycle at 1 GHz and 1 mW.
    expect(thrice.energyPj).toMatchObject({
      registers: 25_000,
      scratchpad: 8 * 5500,
      sharedBuffer: 8 * 350,
      interconnect: 8 * (2 * 400 + 50),
      offChip: 8 * 300,
      leakage: 1500,
    });
  });

  it('do not know of a path what one piece does not know', () => {
    const unknown = { ...sums(1), sharedBufferBytes: null, interconnectBytes: null };
    const totals = totalsOfSums(
      [
        { sums: sums(1), cycles: 300, times: 1 },
        { sums: unknown, cycles: 300, times: 2 },
      ],
      0,
      network,
      machine,
    );
    expect([totals.sharedBufferBytes, totals.interconnectBytes]).toEqual([null, null]);
  });
});
