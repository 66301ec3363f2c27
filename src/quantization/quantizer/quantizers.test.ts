import { describe, expect, it } from 'vitest';
import { type WeightShape, weightSamples, weightShapes } from '../../../test/fixtures/weight-samples.js';
import { quantizationError } from '../quantization-error.js';
import { dequantize, quantize, sawbCoefficients } from './index.js';

const round = (values: Float64Array): number[] => [...values].map((value) => Number(value.toFixed(6)));

describe('PACT', () => {
  it('by hand: a = 1.5 at 2 bits has the levels 0, 0.5, 1, 1.5', () => {
    const quantized = quantize('pact', [-3, 0.2, 0.25, 0.7, 0.75, 1.3, 1.5, 9], { bits: 2, clipLevel: 1.5 });
    // 0.25 and 0.75 lie in the middle: the upper level. All from 1.25 on is the last level.
    expect([...quantized.codes]).toEqual([0, 0, 1, 1, 2, 3, 3, 3]);
    expect(round(dequantize(quantized))).toEqual([0, 0, 0.5, 0.5, 1, 1.5, 1.5, 1.5]);
  });

  it('asks for its level', () => {
    expect(() => quantize('pact', [1], { bits: 2 })).toThrow(
      'clipLevel: of pact must be a finite number of more than 0',
    );
    expect(() => quantize('pact', [1], { bits: 2, clipLevel: Infinity })).toThrow('clipLevel');
    expect(() => quantize('pact', [1], { bits: 2, clipLevel: 0 })).toThrow('clipLevel');
  });
});

describe('DoReFa', () => {
  it('activations by hand: 3 bits are sevenths of 1', () => {
    const { codes } = quantize('dorefa-activations', [-0.5, 0.07, 0.08, 0.5, 0.99, 4], { bits: 3 });
    // 0.07 x 7 = 0.49, 0.08 x 7 = 0.56, 0.5 x 7 = 3.5.
    expect([...codes]).toEqual([0, 0, 1, 4, 7, 7]);
  });

  it('weights by hand: r (2^k - 1) rounded', () => {
    // tanh 1 = 0.761594, tanh 0.5 = 0.462117: r = 0.462117 / (2 x 0.761594) + 0.5 = 0.803388; x 3 = 2.41, so 2 of 0..3,
    // which is 2 x 2/3 - 1 = 1/3. -0.1: tanh = -0.099668, r = 0.434566, x 3 = 1.30, so 1, which is -1/3.
    const quantized = quantize('dorefa-weights', [1, 0.5, -0.1, -1], { bits: 2 });
    expect(round(dequantize(quantized))).toEqual([1, 0.333333, -0.333333, -1]);
    expect([...quantized.codes]).toEqual([1, 0, -1, -2]);
  });

  it('does not care for the scale of small weights', () => {
    const weights = [0.01, 0.004, -0.007, -0.002];
    const larger = weights.map((weight) => weight * 2);
    expect(quantize('dorefa-weights', larger, { bits: 4 }).codes).toEqual(
      quantize('dorefa-weights', weights, { bits: 4 }).codes,
    );
  });
});

describe('SAWB', () => {
  it('by hand, at 2 bits', () => {
    // E[w^2] = (1 + 1 + 4 + 4) / 4 = 2.5, its root 1.581139; E|w| = 1.5. 3.12 x 1.581139 - 2.064 x 1.5 = 1.837153.
    const { grid, codes } = quantize('sawb', [1, -1, 2, -2], { bits: 2 });
    expect(grid.clipLevel).toBeCloseTo(1.837153, 6);
    // Levels 0.612384 and 1.837153 and their negatives; the border is 1.224769.
    expect([...codes]).toEqual([0, -1, 1, -2]);
  });

  it('by hand, ternary', () => {
    // 2.6 x 1.581139 - 1.71 x 1.5 = 1.545961: levels -a, 0, a with borders at half of it.
    const { grid, codes } = quantize('sawb', [1, -1, 2, -2], { bits: 2, layout: 'with-zero' });
    expect(grid.clipLevel).toBeCloseTo(1.545961, 6);
    expect([...codes]).toEqual([1, -1, 1, -1]);
  });

  it('clips nothing where its line gives no positive level', () => {
    // All magnitudes alike: at 4 bits 12.68 - 12.8 < 0.
    const { grid, codes } = quantize('sawb', [3, -3, 3], { bits: 4 });
    expect(grid.clipLevel).toBe(3);
    expect([...codes]).toEqual([7, -8, 7]);
  });

  it('has no coefficients between its widths', () => {
    expect(() => quantize('sawb', [1], { bits: 6 })).toThrow('bits: of sawb, no-zero, must be one of 2, 3, 4, 5, 8');
    expect(() => quantize('sawb', [1], { bits: 3, layout: 'with-zero' })).toThrow('must be one of 2, 4, 7, 8');
    expect(() => quantize('sawb', [1], { bits: 2, layout: 'unsigned' })).toThrow(
      'layout: of sawb must be no-zero or with-zero (found "unsigned")',
    );
  });

  it('reads each weight a fixed number of times: no sort, no search', () => {
    // Counted, not timed: every read of a value goes through the proxy.
    const reads = (length: number): number => {
      let count = 0;
      const values = new Proxy(weightSamples('gaussian', length), {
        get: (target, key) => {
          if (typeof key === 'string' && /^\d+$/.test(key)) count += 1;
          return Reflect.get(target, key) as unknown;
        },
      });
      quantize('sawb', values, { bits: 2 });
      return count;
    };
    expect(reads(2000)).toBe(2 * reads(1000));
    expect(reads(1000)).toBe(4000);
  });
});

/** How far SAWB's clipping level is from the one with the least error, and what it costs in error, in decibels. */
function distance(
  shape: WeightShape,
  bits: number,
  layout: 'no-zero' | 'with-zero',
): { level: number; lossDb: number } {
  const weights = weightSamples(shape, 20_000);
  const [chosen, best] = (['sawb', 'mse-optimal'] as const).map((name) => quantize(name, weights, { bits, layout }));
  return {
    level: chosen!.grid.clipLevel / best!.grid.clipLevel - 1,
    lossDb: quantizationError(weights, best!).signalToNoiseDb - quantizationError(weights, chosen!).signalToNoiseDb,
  };
}

describe('SAWB beside the best clipping', () => {
  // Bounds are those of the committed table (docs/sawb-clipping.md), rounded up.
  it.each([
    ['gaussian', 0.025, 0.05],
    ['laplace', 0.08, 0.25],
  ] as const)('is near it for %s weights at every width', (shape, level, lossDb) => {
    for (const layout of ['no-zero', 'with-zero'] as const) {
      for (const { bits } of sawbCoefficients[layout]) {
        const found = distance(shape, bits, layout);
        expect({ bits, layout, near: Math.abs(found.level) < level && found.lossDb < lossDb, ...found }).toMatchObject({
          near: true,
        });
        expect(found.lossDb).toBeGreaterThanOrEqual(-1e-9);
      }
    }
  });

  it('is near it for uniform weights at few bits, and far from it at many', () => {
    expect(Math.abs(distance('uniform', 2, 'no-zero').level)).toBeLessThan(0.03);
    expect(Math.abs(distance('uniform', 4, 'no-zero').level)).toBeLessThan(0.03);
    // 31.76 / sqrt(3) - 35.04 / 2 = 0.817, where all but 0.4 % of [-1, 1] should be kept: a fifth of the weights is cut.
    const wide = distance('uniform', 8, 'no-zero');
    expect(wide.level).toBeCloseTo(-0.18, 2);
    expect(wide.lossDb).toBeGreaterThan(20);
  });
});

describe('clipping by search', () => {
  it('by hand: three values that levels can meet exactly', () => {
    // 1, 3 and -1 are odd multiples of 1: at 2 bits without a zero the clipping level is 3 and nothing is lost.
    const quantized = quantize('mse-optimal', [1, 3, -1], { bits: 2, layout: 'no-zero' });
    expect(quantized.grid.clipLevel).toBeCloseTo(3, 9);
    expect(quantizationError([1, 3, -1], quantized).meanSquare).toBeLessThan(1e-20);
  });

  it('by hand: ternary {0.9, 1.1} is best at their mean', () => {
    const { grid } = quantize('mse-optimal', [0.9, 1.1, 0], { bits: 2, layout: 'with-zero' });
    expect(grid.clipLevel).toBeCloseTo(1, 9);
  });

  it('knows the textbook: the best 4 evenly spaced levels for a Gaussian are +-0.498 and +-1.494 sigma', () => {
    // Max, Quantizing for minimum distortion (1960), table II: step 0.9957 at 4 levels, 0.5860 at 8, 0.3352 at 16.
    const weights = weightSamples('gaussian', 100_000);
    for (const [bits, step] of [
      [2, 0.9957],
      [3, 0.586],
      [4, 0.3352],
    ] as const) {
      const { grid } = quantize('mse-optimal', weights, { bits, layout: 'no-zero' });
      expect(2 * grid.step).toBeCloseTo(step, 2);
    }
  });

  it('is never beaten by a clipping level of a fine sweep', () => {
    for (const shape of weightShapes) {
      const weights = weightSamples(shape, 500);
      for (const bits of [2, 3, 4, 8]) {
        const best = quantizationError(weights, quantize('mse-optimal', weights, { bits })).meanSquare;
        for (let at = 1; at <= 700; at += 1) {
          const level = (at / 700) * 1.2 * Math.max(...weights.map(Math.abs));
          const swept = sweptError(weights, bits, level);
          expect(best).toBeLessThanOrEqual(swept * (1 + 1e-9));
        }
      }
    }
  });
});

/** Mean squared error with levels i level / (2^(b-1) - 1), worked without the room's grids. */
function sweptError(weights: readonly number[], bits: number, level: number): number {
  const most = 2 ** (bits - 1) - 1;
  const step = level / most;
  return (
    weights
      .map((weight) => {
        const code = Math.max(-most, Math.min(most, Math.round(weight / step)));
        return (weight - code * step) ** 2;
      })
      .reduce((sum, square) => sum + square, 0) / weights.length
  );
}

describe('min-max', () => {
  it('keeps the largest value', () => {
    expect(quantize('min-max', [0.2, -4, 1], { bits: 8 }).grid.clipLevel).toBe(4);
    expect(quantize('min-max', [0.2, -4, 1], { bits: 8, layout: 'unsigned' }).grid.clipLevel).toBe(1);
  });

  it('makes zeros where nothing is positive', () => {
    expect([...dequantize(quantize('min-max', [-1, -2], { bits: 2, layout: 'unsigned' }))]).toEqual([0, 0]);
  });
});
