import * as fc from 'fast-check';
import type { ArchSpec, MachineEnergy } from '../../src/arch/index.js';

const figure = fc.double({ min: 0, max: 1000, noNaN: true });
const points = fc
  .tuple(fc.double({ min: 0.001, max: 1, noNaN: true }), fc.double({ min: 1, max: 20, noNaN: true }))
  .map(([energyPj, factor]) => [
    { size: 8, energyPj },
    { size: 32, energyPj: energyPj * factor },
  ]);

/** Any figures: floors may not hang on some being larger than others. */
export const anyEnergy: fc.Arbitrary<MachineEnergy> = fc.record({
  technologyNm: fc.constant(null),
  table: fc.constant(null),
  fixedMac: fc.record({ multipliers: points, adders: points }),
  registerPjPerBit: figure,
  scratchpadPjPerBit: figure,
  sharedBufferPjPerBit: figure,
  interconnectPjPerBitHop: figure,
  interconnectHops: fc.double({ min: 1, max: 8, noNaN: true }),
  offChipPjPerBit: figure,
  vectorOperationPj: figure,
  leakageMw: figure,
});

const made = { technologyNm: 16, source: 'made up' };

/**
 * The machine with a figure for every part, made up so that fast mappings and frugal ones differ, and from one capacity to
 * the next: a bit of the smallest scratchpad takes next to nothing, one of 4 KiB more than one of external memory.
 */
export function withEnergies(arch: ArchSpec): ArchSpec {
  return {
    ...arch,
    technologyNm: 16,
    scratchpad: { ...arch.scratchpad, areaMm2PerMiB: 1, peripheryUm2PerBank: 90 },
    vectorUnit: { ...arch.vectorUnit, areaUm2PerLane: 80 },
    interconnect: { multicast: true, areaMm2PerCore: 0.01 },
    ...(arch.sharedBuffer === undefined ? {} : { sharedBuffer: { ...arch.sharedBuffer, areaMm2PerMiB: 1 } }),
    energy: {
      table: {
        name: 'made-up',
        rows: [
          { component: 'integer-add', bits: 16, energyPj: 0.05, ...made },
          { component: 'integer-multiply', bits: 8, energyPj: 0.2, ...made },
          { component: 'register', bits: 1, energyPj: 0.01, ...made },
          { component: 'scratchpad', capacityKiB: 1, wordBits: 32, energyPj: 1, ...made },
          { component: 'scratchpad', capacityKiB: 4, wordBits: 32, energyPj: 400, ...made },
          { component: 'interconnect', bits: 32, energyPj: 3, ...made },
          { component: 'off-chip', memory: 'LPDDR4', bits: 1, energyPj: 8, source: 'made up' },
          { component: 'leakage', powerMwPerMm2: 3000, ...made },
        ],
      },
      offChipMemory: 'LPDDR4',
    },
  };
}
