import { describe, expect, it } from 'vitest';
import type { ConfigurableMac } from './configurable.js';
import { configurable } from './configurable.js';

const area = { model: 'polynomial', productUm2: 1, linearUm2: 0, constantUm2: 0 } as const;
const study: ConfigurableMac = {
  kind: 'configurable',
  referenceBits: 16,
  modeBits: [16, 8, 4, 2],
  flexibilityFactor: 1,
  area,
};
const rate = (w: number, a: number, spec = study) => configurable.rate(spec, 16, w, a);

describe('configurable MAC', () => {
  it('does 1, 2, 4 and 8 MACs per cycle at 16, 8, 4 and 2 bits: the peak ratios of the PACT study', () => {
    expect([16, 8, 4, 2].map((bits) => rate(bits, bits).lanes)).toEqual([1, 2, 4, 8]);
  });

  it('runs a width it has no mode for at the next wider one', () => {
    expect(rate(3, 3)).toEqual({ lanes: 4, passes: 1 });
    expect(rate(1, 1)).toEqual({ lanes: 8, passes: 1 });
    expect(rate(9, 9)).toEqual({ lanes: 1, passes: 1 });
  });

  it('runs both operands at the width of the wider', () => {
    expect(rate(2, 8)).toEqual({ lanes: 2, passes: 1 });
    expect(rate(8, 2)).toEqual({ lanes: 2, passes: 1 });
  });

  it('cuts operands beyond its widest mode into digits of the reference width', () => {
    expect(rate(32, 32)).toEqual({ lanes: 1, passes: 4 });
    expect(rate(32, 4)).toEqual({ lanes: 1, passes: 2 });
    // Without a mode for it, the reference width still runs at the reference rate.
    expect(rate(16, 16, { ...study, modeBits: [4] })).toEqual({ lanes: 1, passes: 1 });
  });

  it('is as large at every precision, and larger by what being configurable costs', () => {
    expect(configurable.elementAreaUm2(study)).toBe(256);
    expect(configurable.elementAreaUm2({ ...study, flexibilityFactor: 3.4 })).toBeCloseTo(870.4);
  });

  it('knows the next narrower mode', () => {
    expect([32, 16, 12, 8, 5, 4, 3, 2].map((bits) => configurable.narrowerBits(study, bits))).toEqual([
      16,
      8,
      8,
      4,
      4,
      2,
      2,
      null,
    ]);
  });

  it('reads 16 as its reference and no cost of being configurable where the file is silent', () => {
    const read = configurable.schema.parse({ kind: 'configurable', modeBits: [16], area });
    expect(read).toMatchObject({ referenceBits: 16, flexibilityFactor: 1 });
  });

  it.each([
    ['a mode that does not divide the reference', { modeBits: [16, 3] }],
    ['a mode wider than the reference', { modeBits: [32] }],
    ['a mode twice', { modeBits: [8, 8] }],
    ['no mode', { modeBits: [] }],
    ['a factor below 1', { flexibilityFactor: 0.5 }],
  ])('refuses %s', (_, change) => {
    expect(configurable.schema.safeParse({ ...study, ...change }).success).toBe(false);
  });
});
