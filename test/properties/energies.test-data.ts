import * as fc from 'fast-check';
import type { MachineEnergy } from '../../src/arch/index.js';

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
