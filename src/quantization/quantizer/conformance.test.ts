import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../../errors.js';
import { codesOf, levelCount, levelsOf } from '../level-grid.js';
import type { LevelLayoutName } from '../level-layout.js';
import {
  codeRange,
  dequantize,
  quantize,
  type QuantizedTensor,
  type Quantizer,
  type QuantizerName,
  quantizers,
  type QuantizerRequest,
  rangeOf,
} from './index.js';

interface Case {
  readonly name: QuantizerName;
  readonly layout: LevelLayoutName;
  readonly bits: number;
}

const names = Object.keys(quantizers) as QuantizerName[];
const cases: Case[] = names.flatMap((name) => {
  const quantizer: Quantizer = quantizers[name];
  return quantizer.layouts.flatMap((layout) => quantizer.bits(layout).map((bits) => ({ name, layout, bits })));
});

function request({ name, layout, bits }: Case, clipLevel = 1.5): QuantizerRequest {
  return { bits, layout, ...(quantizers[name].clipping === 'given' ? { clipLevel } : {}) };
}

const weight = fc
  .double({ min: -4, max: 4, noNaN: true, noDefaultInfinity: true })
  .map((value) => (Math.abs(value) < 1e-6 ? 0 : value));
/** Not all zero: what an all-zero tensor becomes is asked below. */
const tensor = fc
  .array(weight, { minLength: 1, maxLength: 40 })
  .filter((values) => values.some((value) => Math.abs(value) > 1e-3));

/** More numbers than the widest grid has levels, evenly over its range. */
function sweep(grid: QuantizedTensor['grid'], steps: number): number[] {
  return Array.from({ length: steps }, (_, at) => ((2 * at) / (steps - 1) - 1) * 1.2 * grid.clipLevel);
}

describe.each(names)('%s', (name) => {
  const own = cases.filter((each) => each.name === name);
  const aCase = fc.constantFrom(...own);

  it('reaches every one of its levels and no other, evenly spaced, the largest at the clipping level', () => {
    for (const each of own.filter(({ bits }) => bits <= 8)) {
      const { grid } = quantize(name, [-2, -0.1, 0.3, 1.9], request(each));
      const levels = [...new Set(levelsOf(grid, codesOf(grid, sweep(grid, 4001))))].sort((a, b) => a - b);
      expect(levels).toHaveLength(levelCount(each));
      expect(levels.at(-1)).toBeCloseTo(grid.clipLevel, 12);
      const gap = (levels.at(-1)! - levels[0]!) / (levels.length - 1);
      levels.slice(1).forEach((level, at) => expect(level - levels[at]!).toBeCloseTo(gap, 12));
    }
  });

  it('keeps codes in their format and levels in the range', () => {
    fc.assert(
      fc.property(aCase, tensor, (each, values) => {
        const quantized = quantize(name, values, request(each));
        const [least, greatest] = codeRange(each.layout, each.bits);
        const range = rangeOf(quantized.grid, values);
        for (const code of quantized.codes) expect(code >= least && code <= greatest).toBe(true);
        for (const level of dequantize(quantized)) {
          expect(level).toBeGreaterThanOrEqual(range.least * (1 + 1e-12));
          expect(level).toBeLessThanOrEqual(range.greatest * (1 + 1e-12));
        }
      }),
    );
  });

  it('never turns an order round', () => {
    fc.assert(
      fc.property(aCase, tensor, (each, values) => {
        const sorted = values.toSorted((a, b) => a - b);
        const levels = dequantize(quantize(name, sorted, request(each)));
        for (let at = 1; at < levels.length; at += 1) expect(levels[at]!).toBeGreaterThanOrEqual(levels[at - 1]!);
      }),
    );
  });

  it('on the same grid, rounds what it has rounded to itself', () => {
    fc.assert(
      fc.property(aCase, tensor, (each, values) => {
        const { grid, codes } = quantize(name, values, request(each));
        expect([...codesOf(grid, levelsOf(grid, codes))]).toEqual([...codes]);
      }),
    );
  });

  it(`says truly whether it keeps its own output when asked again: ${quantizers[name].keepsItsOutput}`, () => {
    const keeps = (each: Case, values: readonly number[]): boolean => {
      const once = dequantize(quantize(name, values, request(each)));
      if (once.every((level) => level === 0)) return true;
      const twice = dequantize(quantize(name, once, request(each)));
      return once.every((level, at) => Math.abs(level - twice[at]!) < 1e-9);
    };
    if (quantizers[name].keepsItsOutput) {
      fc.assert(fc.property(aCase, tensor, (each, values) => keeps(each, values)));
    } else {
      expect(own.every((each) => keeps(each, [-0.9, -0.2, 0.8, 0.5]))).toBe(false);
    }
  });

  it('has the slope of its surrogate, away from the kinks', () => {
    fc.assert(
      fc.property(aCase, tensor, (each, values) => {
        const quantizer: Quantizer = quantizers[name];
        const range = rangeOf(quantize(name, values, request(each)).grid, values);
        const h = 1e-6;
        for (const value of values) {
          if ([range.least, range.greatest].some((kink) => Math.abs(value - kink) < 1e-4)) continue;
          const difference = (quantizer.surrogate(value + h, range) - quantizer.surrogate(value - h, range)) / (2 * h);
          // A quantizer that squeezes is as steep as its tensor is small.
          const scale = Math.max(1, Math.abs(difference));
          expect(Math.abs(quantizer.slope(value, range) - difference) / scale).toBeLessThan(1e-4);
        }
      }),
    );
  });

  it('makes zeros of an all-zero tensor, or says why it cannot', () => {
    for (const each of own.filter(({ bits }) => bits > 1)) {
      const zeros = () => dequantize(quantize(name, [0, -0, 0], request(each)));
      if (name === 'dorefa-weights') expect(zeros).toThrow('must not all be zero');
      else expect(zeros().every((level) => level === 0)).toBe(true);
    }
  });

  it('takes one value, and values of any magnitude', () => {
    for (const each of own) {
      for (const value of [0.7, 1e-290, 1e300]) {
        const { grid, codes } = quantize(name, [value], request(each));
        expect(codes).toHaveLength(1);
        expect(Number.isFinite(levelsOf(grid, codes)[0])).toBe(true);
      }
    }
  });

  it('refuses values and requests that mean nothing, all at once', () => {
    const each = own[0]!;
    expect(() => quantize(name, [], request(each))).toThrow('quantizer: values: must not be empty');
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      expect(() => quantize(name, [1, bad], request(each))).toThrow('quantizer: values[1]: must be a finite number');
    }
    for (const bits of [0, -1, 2.5, 17, 32, Number.NaN]) {
      expect(() => quantize(name, [1], { ...request(each), bits })).toThrow(/quantizer: bits: of .* must be one of/);
    }
    expect(issuesOf(() => quantize(name, [Number.NaN], { ...request(each), bits: 0, clipLevel: -1 }))).toBe(3);
  });
});

function issuesOf(act: () => unknown): number {
  try {
    act();
  } catch (error) {
    if (error instanceof AccelsimError) return error.issues.length;
  }
  return 0;
}
