import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPactPenaltyGradient,
  type PactActivation,
  pactBackward,
  pactForward,
  pactPenalty,
} from './pact-activation.js';
import { activationCount, type ActivationShape, pactScopes, type PactScopeName } from './pact-scope.js';
import { dequantize, quantize } from './quantizer/index.js';

const scopes = Object.keys(pactScopes) as PactScopeName[];
const flat = (positions: number): ActivationShape => ({ samples: 1, channels: 1, positions });

function forward(activation: PactActivation, shape: ActivationShape, x: ArrayLike<number>): Float32Array {
  const y = new Float32Array(x.length);
  pactForward(activation, shape, Float32Array.from(x), y);
  return y;
}

function backward(activation: PactActivation, shape: ActivationShape, x: ArrayLike<number>, gradientY: Float32Array) {
  const gradientX = new Float32Array(x.length);
  const gradientLevels = new Float32Array(activation.clipLevels.length);
  pactBackward(activation, shape, Float32Array.from(x), gradientY, gradientX, gradientLevels);
  return { gradientX: [...gradientX], gradientLevels: [...gradientLevels] };
}

describe('PACT in training', () => {
  it('by hand: clips to [0, 2] and rounds to thirds of 2', () => {
    const activation: PactActivation = { scope: 'layer', bits: 2, clipLevels: Float32Array.of(2) };
    // 0.4 x 3 / 2 = 0.6, so 1; 0.9 x 1.5 = 1.35, so 1; 1.1 x 1.5 = 1.65, so 2.
    const y = forward(activation, flat(6), [-1, 0, 0.4, 0.9, 1.1, 5]);
    expect([...y].map((value) => Number(value.toFixed(5)))).toEqual([0, 0, 0.66667, 0.66667, 1.33333, 2]);
    expect([...forward({ ...activation, bits: null }, flat(3), [-1, 0.75, 5])]).toEqual([0, 0.75, 2]);
  });

  it('by hand: which gradients pass', () => {
    const activation: PactActivation = { scope: 'layer', bits: 2, clipLevels: Float32Array.of(2) };
    // Below 0: neither. From 0 to below a: x. From a on, a itself included: the level.
    const { gradientX, gradientLevels } = backward(
      activation,
      flat(5),
      [-1, 0, 1, 2, 3],
      Float32Array.of(1, 2, 4, 8, 16),
    );
    expect(gradientX).toEqual([0, 2, 4, 0, 0]);
    expect(gradientLevels).toEqual([24]);
  });

  it('rounds as the quantizer of that name does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -3, max: 6, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        fc.float({ min: 0.5, max: 5, noNaN: true }),
        (x, bits, clipLevel) => {
          const y = forward({ scope: 'layer', bits, clipLevels: Float32Array.of(clipLevel) }, flat(x.length), x);
          const expected = dequantize(quantize('pact', x, { bits, clipLevel }));
          const step = clipLevel / (2 ** bits - 1);
          // Single precision may round a value in the very middle of two levels the other way.
          y.forEach((value, at) => {
            const middle = Math.abs(((x[at]! / step) % 1) - 0.5) < 1e-4;
            expect(Math.abs(value - expected[at]!)).toBeLessThan(middle ? step * 1.001 : 1e-5 * clipLevel);
          });
        },
      ),
    );
  });

  it.each(scopes)('has the gradients of the clip it rounds, away from the kinks, by %s', (scope) => {
    const shape: ActivationShape = { samples: 3, channels: 2, positions: 4 };
    const levels = pactScopes[scope].count(shape);
    const values = (count: number, min: number, max: number) =>
      fc.array(fc.double({ min, max, noNaN: true }), { minLength: count, maxLength: count });
    fc.assert(
      fc.property(
        values(activationCount(shape), -2, 4),
        values(levels, 0.5, 3),
        values(activationCount(shape), -1, 1),
        (x, clips, weights) => {
          const activation: PactActivation = { scope, bits: null, clipLevels: Float32Array.from(clips) };
          const { gradientX, gradientLevels } = backward(activation, shape, x, Float32Array.from(weights));
          // Worked in double precision from the paper's formula, with each element's own level.
          const run = pactScopes[scope].run(shape);
          const levelOf = (at: number) => Math.floor(at / run) % levels;
          const clipped = (value: number, a: number) => 0.5 * (Math.abs(value) - Math.abs(value - a) + a);
          const loss = (xs: readonly number[], as: readonly number[]) =>
            xs.reduce((sum, value, at) => sum + weights[at]! * clipped(value, as[levelOf(at)]!), 0);
          const h = 1e-5;
          const nudged = (list: readonly number[], at: number, by: number) =>
            list.map((value, index) => (index === at ? value + by : value));
          const nearKink = (at: number) => Math.abs(x[at]!) < 1e-3 || Math.abs(x[at]! - clips[levelOf(at)]!) < 1e-3;
          x.forEach((_, at) => {
            if (nearKink(at)) return;
            expect(gradientX[at]!).toBeCloseTo(
              (loss(nudged(x, at, h), clips) - loss(nudged(x, at, -h), clips)) / (2 * h),
              4,
            );
          });
          clips.forEach((_, at) => {
            if (x.some((__, index) => levelOf(index) === at && nearKink(index))) return;
            const difference = (loss(x, nudged(clips, at, h)) - loss(x, nudged(clips, at, -h))) / (2 * h);
            expect(gradientLevels[at]!).toBeCloseTo(difference, 4);
          });
        },
      ),
    );
  });

  it('gives each channel its level', () => {
    const shape = { samples: 2, channels: 2, positions: 2 };
    const y = forward(
      { scope: 'channel', bits: 1, clipLevels: Float32Array.of(1, 4) },
      shape,
      [9, 9, 9, 9, 9, 0.4, 2, 9],
    );
    expect([...y]).toEqual([1, 1, 4, 4, 1, 0, 4, 4]);
  });

  it('gives each element of a sample its level', () => {
    const shape = { samples: 2, channels: 1, positions: 2 };
    const y = forward({ scope: 'element', bits: null, clipLevels: Float32Array.of(1, 4) }, shape, [9, 9, 3, 3]);
    expect([...y]).toEqual([1, 4, 1, 3]);
  });

  it('punishes large levels with half the strength times their square', () => {
    // 0.1 / 2 x (9 + 16) = 1.25; the slope is 0.1 x a, added to what is there.
    const clipLevels = Float32Array.of(3, 4);
    const gradient = Float32Array.of(1, 0);
    expect(pactPenalty(clipLevels, 0.1)).toBeCloseTo(1.25, 9);
    addPactPenaltyGradient(clipLevels, 0.1, gradient);
    expect([...gradient].map((value) => Number(value.toFixed(6)))).toEqual([1.3, 0.4]);
  });

  it('lets what is no number through, so that a training that has burst shows', () => {
    const activation: PactActivation = { scope: 'layer', bits: 2, clipLevels: Float32Array.of(2) };
    expect([...forward(activation, flat(2), [Number.NaN, Infinity])]).toEqual([Number.NaN, 2]);
  });

  it('refuses sizes and levels that mean nothing, all at once', () => {
    const activation: PactActivation = { scope: 'channel', bits: 2, clipLevels: Float32Array.of(-1) };
    expect(() => forward(activation, { samples: 1, channels: 2, positions: 2 }, [1, 2, 3])).toThrow(
      [
        'PACT: x: must be 4 values (found 3)',
        'PACT: y: must be 4 values (found 3)',
        'PACT: clipLevels: must be 2 for scope channel (found 1)',
        'PACT: clipLevels[0]: must be a finite number of more than 0 (found -1)',
      ].join('\n'),
    );
  });
});
