import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BITS_ALLOWED } from '../../precision/index.js';
import type { MacArea, MacKindName, MacSpec } from './index.js';
import { macKindOf, macKinds, macRate, macSchema, narrowerBits } from './index.js';

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
};

const width = fc.constantFrom(...BITS_ALLOWED);
const perCycle = (mac: MacSpec, designBits: number, w: number, a: number) => {
  const { lanes, passes } = macRate({ mac, designBits }, w, a);
  return lanes / passes;
};

describe.each(Object.values(samples).flat())('$kind MAC, built for $designBits$modeBits bits', (spec: MacSpec) => {
  const kind = macKindOf(spec);
  const designAt = (runBits: number) => kind.designBits(spec, runBits);

  it('is what its schema reads back', () => {
    expect(macSchema.parse(spec)).toEqual(spec);
  });

  it('is built for a legal width, whatever the run', () => {
    for (const bits of BITS_ALLOWED) expect(BITS_ALLOWED).toContain(designAt(bits));
  });

  it('has whole lanes and passes, at least one of each, and one of one of them', () => {
    fc.assert(
      fc.property(width, width, width, (runBits, w, a) => {
        const { lanes, passes } = macRate({ mac: spec, designBits: designAt(runBits) }, w, a);
        expect(Number.isInteger(lanes) && lanes >= 1).toBe(true);
        expect(Number.isInteger(passes) && passes >= 1).toBe(true);
        expect(Math.min(lanes, passes)).toBe(1);
      }),
    );
  });

  it('does one MAC per cycle at the width it was built for', () => {
    for (const bits of BITS_ALLOWED) {
      const design = designAt(bits);
      const { passes } = macRate({ mac: spec, designBits: design }, design, design);
      expect(passes).toBe(1);
    }
  });

  it('never does less with fewer bits', () => {
    fc.assert(
      fc.property(width, width, width, width, width, (runBits, w1, w2, a1, a2) => {
        const design = designAt(runBits);
        const narrow = perCycle(spec, design, Math.min(w1, w2), Math.min(a1, a2));
        const wide = perCycle(spec, design, Math.max(w1, w2), Math.max(a1, a2));
        expect(narrow).toBeGreaterThanOrEqual(wide);
      }),
    );
  });

  it('does as much with the operands exchanged', () => {
    fc.assert(
      fc.property(width, width, width, (runBits, w, a) => {
        const design = designAt(runBits);
        expect(perCycle(spec, design, w, a)).toBe(perCycle(spec, design, a, w));
      }),
    );
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
