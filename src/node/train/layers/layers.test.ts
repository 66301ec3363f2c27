import { describe, expect, it } from 'vitest';
import { crossEntropy } from '../loss.js';
import { Random } from '../random.js';
import { exactWeights } from '../scheme/rounding.js';
import { BatchNorm } from './batch-norm.js';
import { ClippedActivation } from './clipped-activation.js';
import { Convolution } from './convolution.js';
import type { FeatureMaps, TrainingLayer } from './layer.js';
import { MaxPooling, MeanPooling } from './pooling.js';
import { ReluActivation } from './relu-activation.js';
import { Residual, Sequence } from './sequence.js';

const random = (): Random => new Random(7);

function maps(channels: number, samples: number, rows: number, columns: number, values?: number[]): FeatureMaps {
  const source = random();
  const size = channels * samples * rows * columns;
  return {
    values: Float32Array.from(values ?? Array.from({ length: size }, () => source.normal())),
    channels,
    samples,
    rows,
    columns,
  };
}

const conv = (
  inputChannels: number,
  outputChannels: number,
  kernel: number,
  stride: number,
  padding: number,
  bias = false,
) => new Convolution('conv', { inputChannels, outputChannels, kernel, stride, padding, bias }, exactWeights, random());

/** A fixed weighting of a layer's outputs, so that the gradient of their sum is not the same everywhere. */
function weighting(length: number): Float32Array {
  const source = new Random(11);
  return Float32Array.from({ length }, () => source.normal());
}

function weighted(layer: TrainingLayer, input: FeatureMaps): number {
  const { values } = layer.forward(input, true);
  const weights = weighting(values.length);
  return values.reduce((sum, value, at) => sum + value * weights[at]!, 0);
}

/** Every gradient of a layer against central differences; single precision leaves about three digits. */
function expectTrueGradients(layer: TrainingLayer, input: FeatureMaps, h = 1e-2): void {
  const output = layer.forward(input, true);
  const gradient = { ...output, values: weighting(output.values.length) };
  for (const parameter of layer.parameters) parameter.gradient.fill(0);
  const byInput = Float32Array.from(layer.backward(gradient).values);
  const byParameters = layer.parameters.map((parameter) => Float32Array.from(parameter.gradient));
  const check = (values: Float32Array, found: Float32Array, name: string): void => {
    const scale = Math.max(1, ...found.map(Math.abs));
    values.forEach((value, at) => {
      values[at] = value + h;
      const above = weighted(layer, input);
      values[at] = value - h;
      const below = weighted(layer, input);
      values[at] = value;
      expect(Math.abs((above - below) / (2 * h) - found[at]!) / scale, `${name}[${at}]`).toBeLessThan(5e-3);
    });
  };
  check(input.values, byInput, 'input');
  layer.parameters.forEach(({ values, name }, at) => check(values, byParameters[at]!, name));
}

describe('convolution', () => {
  it('by hand: 2x2 windows over 3 x 3', () => {
    const layer = conv(1, 1, 2, 1, 0, true);
    layer.weights.values.set([1, 0, 0, -1]);
    layer.bias!.values[0] = 10;
    // Top left less bottom right: 1 - 5, 2 - 6, 4 - 8, 5 - 9.
    const output = layer.forward(maps(1, 1, 3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect([...output.values]).toEqual([6, 6, 6, 6]);
    expect([output.rows, output.columns]).toEqual([2, 2]);
  });

  it('by hand: samples and channels lie channel by channel', () => {
    // Two channels, two samples, one position: channel 0 is 1 2, channel 1 is 10 20. Output 3 a - b.
    const layer = conv(2, 1, 1, 1, 0);
    layer.weights.values.set([3, -1]);
    expect([...layer.forward(maps(2, 2, 1, 1, [1, 2, 10, 20])).values]).toEqual([-7, -14]);
  });

  it.each([
    [1, 1, 3, 1, 1, 3],
    [3, 5, 3, 1, 1, 4],
    [2, 4, 3, 2, 1, 5],
    [5, 6, 1, 2, 0, 5],
    [3, 7, 3, 1, 0, 3],
  ])(
    'has true gradients: %i to %i channels, kernel %i, stride %i, padding %i',
    (from, to, kernel, stride, padding, side) => {
      expectTrueGradients(conv(from, to, kernel, stride, padding, true), maps(from, 2, side, side));
    },
  );

  it('does not depend on how a batch is cut into pieces', () => {
    // 100 positions each: pieces hold 5 samples, so 7 samples come in two pieces, one alone in one.
    const layer = conv(2, 3, 3, 1, 1);
    const all = maps(2, 7, 10, 10);
    const output = Float32Array.from(layer.forward(all).values);
    for (let sample = 0; sample < 7; sample += 1) {
      const own = [0, 1].flatMap((channel) => [
        ...all.values.subarray((channel * 7 + sample) * 100, (channel * 7 + sample + 1) * 100),
      ]);
      const single = layer.forward(maps(2, 1, 10, 10, own)).values;
      for (let channel = 0; channel < 3; channel += 1) {
        const part = output.subarray((channel * 7 + sample) * 100, (channel * 7 + sample + 1) * 100);
        single
          .subarray(channel * 100, (channel + 1) * 100)
          .forEach((value, at) => expect(part[at]).toBeCloseTo(value, 5));
      }
    }
    expectTrueGradients(conv(1, 2, 3, 1, 1), maps(1, 6, 10, 10));
  });
});

describe('the other layers', () => {
  it('batch normalisation by hand', () => {
    // 1 and 3: mean 2, variance 1; so -1 and 1 but for the epsilon.
    const output = new BatchNorm('norm', 1).forward(maps(1, 2, 1, 1, [1, 3]), true);
    expect(output.values[0]).toBeCloseTo(-1, 4);
    expect(output.values[1]).toBeCloseTo(1, 4);
  });

  it('batch normalisation remembers a tenth of each batch, and uses it afterwards', () => {
    const layer = new BatchNorm('norm', 1);
    layer.forward(maps(1, 2, 1, 1, [1, 3]), true);
    // Mean 0.9 x 0 + 0.1 x 2 = 0.2; variance 0.9 x 1 + 0.1 x 2 (of a sample of two) = 1.1.
    const output = layer.forward(maps(1, 2, 1, 1, [0.2, 1.2]), false);
    expect(output.values[0]).toBeCloseTo(0, 6);
    expect(output.values[1]).toBeCloseTo(1 / Math.sqrt(1.1), 4);
  });

  it('the largest of 2x2 squares by hand, an odd row left out', () => {
    const layer = new MaxPooling('pool');
    expect([...layer.forward(maps(1, 1, 3, 2, [1, 5, 3, 2, 9, 9])).values]).toEqual([5]);
    expect([...layer.backward(maps(1, 1, 1, 1, [4])).values]).toEqual([0, 4, 0, 0, 0, 0]);
  });

  it('ReLU rounds from 0 to the largest of the batch, and to what it remembers afterwards', () => {
    const layer = new ReluActivation('relu', 2);
    expect([...layer.forward(maps(1, 4, 1, 1, [-2, 1.4, 1.6, 3]), true).values]).toEqual([0, 1, 2, 3]);
    expect([...layer.forward(maps(1, 3, 1, 1, [9, 1.4, -1]), false).values]).toEqual([3, 1, 0]);
    expect([...layer.backward(maps(1, 3, 1, 1, [1, 2, 4])).values]).toEqual([1, 2, 0]);
  });

  it.each([
    ['batch normalisation', () => new BatchNorm('norm', 3), maps(3, 4, 2, 2)],
    ['the mean', () => new MeanPooling('mean'), maps(2, 3, 2, 3)],
    ['the largest', () => new MaxPooling('pool'), maps(2, 2, 4, 5)],
    ['ReLU', () => new ReluActivation('relu', null), maps(2, 2, 3, 3)],
    ['a clip', () => new ClippedActivation('clip', null, 0.8, true), maps(2, 2, 3, 3)],
    [
      'a residual block',
      () =>
        new Residual(
          'block',
          new Sequence('body', [conv(2, 2, 3, 1, 1), new BatchNorm('norm', 2)]),
          new Sequence('path', []),
        ),
      maps(2, 3, 3, 3),
    ],
  ])('%s has true gradients', (_, make, input) => {
    // Away from kinks: nothing within the step of 0, of the clipping level, or of another value of the map.
    const steps = input.values.map((value, at) => Math.round(value * 20) / 20 + 0.0255 + at * 1e-5);
    expectTrueGradients(make(), { ...input, values: steps }, 2e-3);
  });

  it('cross-entropy by hand', () => {
    // Scores 0 and ln 3: chances 1/4 and 3/4. The right class is the first: loss ln 4.
    const { loss, right, gradient } = crossEntropy(maps(2, 1, 1, 1, [0, Math.log(3)]), [0]);
    expect(loss).toBeCloseTo(Math.log(4), 6);
    expect(right).toBe(0);
    expect(gradient.values[0]).toBeCloseTo(-0.75, 6);
    expect(gradient.values[1]).toBeCloseTo(0.75, 6);
    expect(crossEntropy(maps(2, 1, 1, 1, [900, -900]), [1]).loss).toBe(1800);
  });
});
