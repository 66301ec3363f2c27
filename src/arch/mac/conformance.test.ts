import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BITS_ALLOWED } from '../../precision/index.js';
import type { MacArea, MacKindName, MacSpec } from './index.js';
import {
  computedBits,
  macEnergyPj,
  macKindOf,
  macKinds,
  macRate,
  macSchema,
  narrowerBits,
  storedValue,
} from './index.js';

/** What every kind of MAC unit promises the rest of the model. A new kind adds its samples and nothing else. */
const area: MacArea = { model: 'polynomial', productUm2: 1, linearUm2: 1.843, constantUm2: 11.982 };

const samples: { readonly [Kind in MacKindName]: readonly Extract<MacSpec, { kind: Kind }>[] } = {
  configurable: [
    { kind: 'configurable', referenceBits: 16, modeBits: [16, 8, 4, 2], flexibilityFactor: 1, area },
    { kind: 'configurable', referenceBits: 16, modeBits: [4, 16], flexibilityFactor: 3.4, area },
    { kind: 'configurable', referenceBits: 16, modeBits: [2, 4], flexibilityFactor: 1, area },
    { kind: 'configurable', referenceBits: 8, modeBits: [8, 4, 2, 1], flexibilityFactor: 1, area },
    { kind: 'configurable', referenceBits: 32, modeBits: [32], flexibilityFactor: 1, area },
  ],
  dedicated: [
    { kind: 'dedicated', designBits: 'run', referenceBits: 16, area },
    { kind: 'dedicated', designBits: 8, referenceBits: 8, area },
    { kind: 'dedicated', designBits: 3, referenceBits: 16, area },
    { kind: 'dedicated', designBits: 16, referenceBits: 8, area },
    { kind: 'dedicated', designBits: 32, referenceBits: 16, area },
  ],
  'bit-serial': [
    { kind: 'bit-serial', serial: 'activations', referenceBits: 16, flexibilityFactor: 1.32, area },
    { kind: 'bit-serial', serial: 'activations', referenceBits: 5, flexibilityFactor: 1, energyFactor: 1.2, area },
    { kind: 'bit-serial', serial: 'both', referenceBits: 16, flexibilityFactor: 1, area },
    { kind: 'bit-serial', serial: 'both', referenceBits: 16, lanes: 16, flexibilityFactor: 1, area },
  ],
  fused: [
    { kind: 'fused', brickBits: 2, widestBits: 8, area },
    { kind: 'fused', brickBits: 2, widestBits: 16, flexibilityFactor: 3.4, energyFactor: 2.46, area },
    { kind: 'fused', brickBits: 3, widestBits: 6, area },
    { kind: 'fused', brickBits: 4, widestBits: 4, area },
  ],
  'floating-point': [
    { kind: 'floating-point', formats: { 16: 'bf16', 8: 'fp8-e4m3', 4: 'mxfp4' }, flexibilityFactor: 1, area },
    { kind: 'floating-point', formats: { 32: 'fp32', 16: 'fp16', 6: 'mxfp6-e2m3' }, flexibilityFactor: 3, area },
    { kind: 'floating-point', formats: { 4: 'mxfp4' }, flexibilityFactor: 2, energyFactor: 3, area },
  ],
};

/** What each kind promises beside what all do. */
interface Claims {
  /** Operands may be exchanged. Where activations alone are serial they may not. */
  readonly alike: (spec: MacSpec) => boolean;
  /** An element is whole: one MAC per cycle at the width it was built for. Serial lanes may be stated one by one. */
  readonly whole: (spec: MacSpec) => boolean;
  /** One of lanes and passes is 1. Not where a step takes several lanes several cycles. */
  readonly either: boolean;
}

const always = () => true;

const claims: Readonly<Record<MacKindName, Claims>> = {
  configurable: { alike: always, whole: always, either: true },
  dedicated: { alike: always, whole: always, either: true },
  'bit-serial': {
    alike: (spec) => 'serial' in spec && spec.serial === 'both',
    whole: (spec) => !('lanes' in spec),
    either: false,
  },
  fused: { alike: always, whole: always, either: false },
  'floating-point': { alike: always, whole: always, either: true },
};

/** With the value's share of a scale. */
const memoryBits = (spec: MacSpec, width: number) => {
  const { bits, scale } = storedValue(spec, width);
  return scale === undefined ? bits : bits + scale.bits / scale.values;
};

/** Horowitz's (ISSCC 2014) 8-bit multiply of 0.2 pJ by the product of widths, and a 32-bit addition. */
const fixedMacPj = (w: number, a: number) => (0.2 / 64) * w * a + 0.1;

const width = fc.constantFrom(...BITS_ALLOWED);
const perCycle = (mac: MacSpec, designBits: number, w: number, a: number) => {
  const { lanes, passes } = macRate({ mac, designBits }, w, a);
  return lanes / passes;
};

const named = Object.values(samples)
  .flat()
  .map((spec: MacSpec): [string, MacSpec] => {
    const { area: _, ...rest } = spec;
    return [JSON.stringify(rest), spec];
  });

describe.each(named)('MAC %s', (_, spec) => {
  const kind = macKindOf(spec);
  const designAt = (runBits: number) => kind.designBits(spec, runBits);

  it('is what its schema reads back', () => {
    expect(macSchema.parse(spec)).toEqual(spec);
  });

  it('is built for a legal width, whatever the run', () => {
    for (const bits of BITS_ALLOWED) expect(BITS_ALLOWED).toContain(designAt(bits));
  });

  it('has whole lanes and passes, at least one of each, and one of one of them where the kind says so', () => {
    fc.assert(
      fc.property(width, width, width, (runBits, w, a) => {
        const { lanes, passes } = macRate({ mac: spec, designBits: designAt(runBits) }, w, a);
        expect(Number.isInteger(lanes) && lanes >= 1).toBe(true);
        expect(Number.isInteger(passes) && passes >= 1).toBe(true);
        if (claims[spec.kind].either) expect(Math.min(lanes, passes)).toBe(1);
      }),
    );
  });

  it('computes with no fewer bits than an operand has, and as fast with an operand of as many', () => {
    fc.assert(
      fc.property(width, width, width, (runBits, w, a) => {
        const machine = { mac: spec, designBits: designAt(runBits) };
        const computed = computedBits(machine, w, a);
        expect(computed.weightBits).toBeGreaterThanOrEqual(w);
        expect(computed.activationBits).toBeGreaterThanOrEqual(a);
        expect(computedBits(machine, computed.weightBits, computed.activationBits)).toEqual(computed);
        const rate = macRate(machine, computed.weightBits, computed.activationBits);
        expect(rate).toEqual(macRate(machine, w, a));
      }),
    );
  });

  it('does one MAC per cycle at the width it was built for, or as its lanes say', () => {
    for (const bits of BITS_ALLOWED) {
      const design = designAt(bits);
      const rate = macRate({ mac: spec, designBits: design }, design, design);
      const stated = 'lanes' in spec && spec.lanes !== undefined ? spec.lanes / rate.passes : 1;
      expect(rate.lanes / rate.passes).toBe(claims[spec.kind].whole(spec) ? 1 : stated);
    }
  });

  it('never has fewer lanes or more passes with fewer bits', () => {
    fc.assert(
      fc.property(width, width, width, width, width, (runBits, w1, w2, a1, a2) => {
        const machine = { mac: spec, designBits: designAt(runBits) };
        const narrow = macRate(machine, Math.min(w1, w2), Math.min(a1, a2));
        const wide = macRate(machine, Math.max(w1, w2), Math.max(a1, a2));
        expect(narrow.lanes).toBeGreaterThanOrEqual(wide.lanes);
        expect(narrow.passes).toBeLessThanOrEqual(wide.passes);
      }),
    );
  });

  it('takes some energy per MAC, and never more with fewer bits', () => {
    fc.assert(
      fc.property(width, width, width, width, width, (runBits, w1, w2, a1, a2) => {
        const machine = { mac: spec, designBits: designAt(runBits) };
        const narrow = macEnergyPj(machine, Math.min(w1, w2), Math.min(a1, a2), fixedMacPj);
        const wide = macEnergyPj(machine, Math.max(w1, w2), Math.max(a1, a2), fixedMacPj);
        expect(narrow).toBeGreaterThan(0);
        expect(narrow).toBeLessThanOrEqual(wide);
      }),
    );
  });

  it('takes the energy of its own section where that states one, in proportion', () => {
    const own = { model: 'polynomial', productPj: 2, linearPj: 0, constantPj: 0 } as const;
    const twice: MacSpec = { ...spec, energy: own };
    expect(macSchema.parse(twice)).toEqual(twice);
    fc.assert(
      fc.property(width, width, width, (runBits, w, a) => {
        const designBits = designAt(runBits);
        const expected = 2 * macEnergyPj({ mac: spec, designBits }, w, a, (wide, high) => wide * high);
        expect(macEnergyPj({ mac: twice, designBits }, w, a, () => Number.NaN)).toBeCloseTo(expected, 9);
      }),
    );
  });

  it('stores a value in no fewer bits than it has, and fewer bits in no more', () => {
    fc.assert(
      fc.property(width, width, (one, other) => {
        const { bits } = storedValue(spec, one);
        expect(Number.isInteger(bits) && bits >= one).toBe(true);
        expect(memoryBits(spec, Math.min(one, other))).toBeLessThanOrEqual(memoryBits(spec, Math.max(one, other)));
      }),
    );
  });

  it('says with figures how it takes operands of every width', () => {
    for (const bits of [1, 2, 3, 4, 5, 6, 7, 8, 16, 32]) {
      const design = designAt(bits);
      expect(kind.taken(spec, design, bits, bits)).toMatch(/^(in|as) .*\d/);
    }
  });

  it('takes some area, and not more when built for fewer bits', () => {
    fc.assert(
      fc.property(width, width, (one, other) => {
        const narrow = kind.elementAreaUm2(spec, Math.min(one, other));
        expect(narrow).toBeGreaterThan(0);
        expect(narrow).toBeLessThanOrEqual(kind.elementAreaUm2(spec, Math.max(one, other)));
      }),
    );
  });

  it('does more MACs per area at the next narrower width, until there is none', () => {
    const densityAt = (bits: number) => {
      const design = designAt(bits);
      return perCycle(spec, design, bits, bits) / kind.elementAreaUm2(spec, design);
    };
    for (const bits of BITS_ALLOWED) {
      const narrower = narrowerBits(spec, bits);
      if (narrower === null) continue;
      expect(BITS_ALLOWED).toContain(narrower);
      expect(narrower).toBeLessThan(bits);
      expect(densityAt(narrower)).toBeGreaterThan(densityAt(bits));
    }
    expect(narrowerBits(spec, 1)).toBeNull();
  });

  it('names itself', () => {
    expect(kind.label(spec, designAt(8))).not.toBe('');
    expect(kind.description).not.toBe('');
  });
});

it.each(named.filter(([, spec]) => claims[spec.kind].alike(spec)))(
  'MAC %s does as much with the operands exchanged',
  (_, spec) => {
    fc.assert(
      fc.property(width, width, width, (runBits, w, a) => {
        const design = macKindOf(spec).designBits(spec, runBits);
        expect(perCycle(spec, design, w, a)).toBe(perCycle(spec, design, a, w));
      }),
    );
  },
);

describe('macKinds', () => {
  it('keys each kind by the name its section states', () => {
    for (const [name, kind] of Object.entries(macKinds)) {
      expect(kind.schema.shape.kind.value).toBe(name);
    }
  });

  it('has samples of each kind in this suite', () => {
    for (const specs of Object.values(samples)) expect(specs.length).toBeGreaterThan(0);
    expect(new Set(Object.keys(samples))).toEqual(new Set(Object.keys(macKinds)));
  });
});
