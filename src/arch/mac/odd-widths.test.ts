import { describe, expect, it } from 'vitest';
import type { MacKindName, MacSpec } from './index.js';
import { macKindOf, macRate } from './index.js';

const area = { model: 'polynomial', productUm2: 1, linearUm2: 0, constantUm2: 0 } as const;

/** What the odd widths cost, by kind, as each file documents: lanes, passes and the words for it. */
interface OddCase {
  readonly name: string;
  readonly spec: MacSpec;
  readonly costs: Readonly<
    Record<
      3 | 5 | 6 | 7,
      readonly [lanes: number, passes: number, taken: string, computed: readonly [weight: number, activation: number]]
    >
  >;
}

const cases: Readonly<Record<MacKindName, readonly OddCase[]>> = {
  configurable: [
    {
      name: 'the next mode',
      spec: { kind: 'configurable', referenceBits: 16, modeBits: [16, 8, 4, 2], flexibilityFactor: 1, area },
      costs: {
        3: [4, 1, 'in the 4-bit mode', [4, 4]],
        5: [2, 1, 'in the 8-bit mode', [8, 8]],
        6: [2, 1, 'in the 8-bit mode', [8, 8]],
        7: [2, 1, 'in the 8-bit mode', [8, 8]],
      },
    },
    {
      name: 'digits where no mode is as wide',
      spec: { kind: 'configurable', referenceBits: 4, modeBits: [4], flexibilityFactor: 1, area },
      costs: {
        3: [1, 1, 'in the 4-bit mode', [4, 4]],
        5: [1, 4, 'in 4 passes of 4 bits', [8, 8]],
        6: [1, 4, 'in 4 passes of 4 bits', [8, 8]],
        7: [1, 4, 'in 4 passes of 4 bits', [8, 8]],
      },
    },
  ],
  dedicated: [
    {
      name: 'units of just that width, built for the run',
      spec: { kind: 'dedicated', designBits: 'run', referenceBits: 16, area },
      costs: {
        3: [1, 1, 'in 1 pass of 3 bits', [3, 3]],
        5: [1, 1, 'in 1 pass of 5 bits', [5, 5]],
        6: [1, 1, 'in 1 pass of 6 bits', [6, 6]],
        7: [1, 1, 'in 1 pass of 7 bits', [7, 7]],
      },
    },
    {
      name: 'digits of a fixed width',
      spec: { kind: 'dedicated', designBits: 3, referenceBits: 16, area },
      costs: {
        3: [1, 1, 'in 1 pass of 3 bits', [3, 3]],
        5: [1, 4, 'in 4 passes of 3 bits', [6, 6]],
        6: [1, 4, 'in 4 passes of 3 bits', [6, 6]],
        7: [1, 9, 'in 9 passes of 3 bits', [9, 9]],
      },
    },
  ],
  'bit-serial': [
    {
      name: 'a cycle for each bit of an activation',
      spec: { kind: 'bit-serial', serial: 'activations', referenceBits: 16, flexibilityFactor: 1, area },
      costs: {
        3: [16, 3, 'in 3 cycles, bit by bit', [16, 3]],
        5: [16, 5, 'in 5 cycles, bit by bit', [16, 5]],
        6: [16, 6, 'in 6 cycles, bit by bit', [16, 6]],
        7: [16, 7, 'in 7 cycles, bit by bit', [16, 7]],
      },
    },
    {
      name: 'a cycle for each pair of bits',
      spec: { kind: 'bit-serial', serial: 'both', referenceBits: 16, lanes: 16, flexibilityFactor: 1, area },
      costs: {
        3: [16, 9, 'in 9 cycles, bit by bit', [3, 3]],
        5: [16, 25, 'in 25 cycles, bit by bit', [5, 5]],
        6: [16, 36, 'in 36 cycles, bit by bit', [6, 6]],
        7: [16, 49, 'in 49 cycles, bit by bit', [7, 7]],
      },
    },
  ],
  fused: [
    {
      name: 'the next doubled width, operand by operand',
      spec: { kind: 'fused', brickBits: 2, widestBits: 8, area },
      costs: {
        3: [4, 1, 'as 4 x 4 bits', [4, 4]],
        5: [1, 1, 'as 8 x 8 bits', [8, 8]],
        6: [1, 1, 'as 8 x 8 bits', [8, 8]],
        7: [1, 1, 'as 8 x 8 bits', [8, 8]],
      },
    },
  ],
  'floating-point': [
    {
      name: 'the next wider format',
      spec: {
        kind: 'floating-point',
        formats: { 16: 'bf16', 8: 'fp8-e4m3', 4: 'mxfp4' },
        flexibilityFactor: 1,
        area,
      },
      costs: {
        3: [4, 1, 'as mxfp4', [4, 4]],
        5: [2, 1, 'as fp8-e4m3', [8, 8]],
        6: [2, 1, 'as fp8-e4m3', [8, 8]],
        7: [2, 1, 'as fp8-e4m3', [8, 8]],
      },
    },
  ],
};

describe.each(Object.entries(cases))('odd widths on %s units', (_, ofKind) => {
  it.each(ofKind)('take $name', ({ spec, costs }) => {
    for (const bits of [3, 5, 6, 7] as const) {
      const kind = macKindOf(spec);
      const designBits = kind.designBits(spec, bits);
      const { lanes, passes } = macRate({ mac: spec, designBits }, bits, bits);
      const { weightBits, activationBits } = kind.computedBits(spec, designBits, bits, bits);
      const taken = kind.taken(spec, designBits, bits, bits);
      expect([lanes, passes, taken, [weightBits, activationBits]]).toEqual(costs[bits]);
    }
  });
});
