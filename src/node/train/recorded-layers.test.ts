import { beforeAll, describe, expect, it } from 'vitest';
import {
  accumulatorBitsOf,
  computeQuantized,
  dequantize,
  formatOf,
  type IntegerSums,
  sumIntegers,
} from '../../index.js';
import { readMnist } from './data/mnist.js';
import { makeTask } from './data/task.js';
import { defaultPlan } from './plan.js';
import { recordLayers, type RecordedLayer } from './recorded-layers.js';
import { batchOf, finish, Training } from './training.js';

const IMAGES = 2;

/** Ways to sum the integers of a layer in registers of so many bits. */
const ways: Readonly<Record<string, (accumulatorBits: number) => IntegerSums>> = {
  'one after another': (accumulatorBits) => (nest, operands) => sumIntegers(nest, operands, accumulatorBits),
};

describe.each([8, 4, 2])('a network trained on real digits at %i bits, 8 in its first and last layer', (bits) => {
  let accuracy = 0;
  let layers: RecordedLayer[] = [];
  beforeAll(() => {
    const task = makeTask(readMnist(), { trainingImages: 600, testImages: 200, noise: 0, shift: 0 });
    const training = new Training(
      { ...defaultPlan, channels: 4, bits, edgeBits: 8, startLevel: 3, epochs: 8 },
      task.training,
    );
    ({ accuracy } = finish(training, task));
    layers = recordLayers(
      training.network,
      batchOf(
        task.test,
        Int32Array.from({ length: IMAGES }, (_, at) => at),
      ),
    );
  });

  it('has learned something: one in ten would be right by chance', () => {
    expect(accuracy).toBeGreaterThan(bits === 2 ? 0.3 : 0.6);
    expect(layers.map(({ name }) => name)).toEqual([...[1, 2, 3, 4, 5, 6, 7].map((at) => `conv${at}`), 'fc']);
  });

  it('reads levels of its activations: integers say all that training computed with', () => {
    const expected = [8, bits, bits, bits, bits, bits, bits, 8];
    expect(layers.map(({ inputs }) => inputs.grid.bits)).toEqual(expected);
    expect(layers.map(({ weights }) => weights.grid.bits)).toEqual(expected);
    for (const { inputs } of layers) {
      expect(new Set(inputs.codes).size).toBeGreaterThan(1);
      expect(dequantize(inputs).every(Number.isFinite)).toBe(true);
    }
  });

  it.each(Object.keys(ways))('computes the same in integers, summed %s', (way) => {
    for (const { nest, inputs, weights, outputs, name } of layers) {
      const needed = Math.max(
        accumulatorBitsOf(nest, weights.codes, formatOf(inputs.grid)),
        // The sum of a window's inputs, for the levels without a zero.
        accumulatorBitsOf(
          nest,
          weights.codes.map(() => 1),
          formatOf(inputs.grid),
        ),
      );
      const values = computeQuantized(nest, inputs, weights, ways[way]!(needed));
      const scale = Math.max(...outputs.map(Math.abs));
      expect(values).toHaveLength(outputs.length);
      // Training sums in single precision.
      values.forEach((value, at) =>
        expect(Math.abs(value - outputs[at]!) / scale, `${name}[${at}]`).toBeLessThan(1e-5),
      );
    }
  });
});
