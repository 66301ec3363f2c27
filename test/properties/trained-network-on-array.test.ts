import { beforeAll, describe, expect, it } from 'vitest';
import { lowerConvolution, playProduct, raiseOutputs, systolicDataflows } from '../../src/cycle/systolic/index.js';
import { readMnist } from '../../src/node/train/data/mnist.js';
import { makeTask } from '../../src/node/train/data/task.js';
import { defaultPlan } from '../../src/node/train/plan.js';
import { recordLayers, type RecordedLayer } from '../../src/node/train/recorded-layers.js';
import { batchOf, finish, Training } from '../../src/node/train/training.js';
import {
  accumulatorBitsOf,
  computeQuantized,
  dequantize,
  formatOf,
  type IntegerSums,
  sumIntegers,
} from '../../src/quantization/index.js';

const IMAGES = 2;

/** Operands of the first and last layer, of 8 bits, take several passes. */
const array = { rows: 9, columns: 8, lanes: 2, multiplierBits: 4, preload: 'overlapped' } as const;

/** Ways to sum the integers of a layer in registers of so many bits: a plain loop, and the array, register by register. */
const ways: Readonly<Record<string, (accumulatorBits: number) => IntegerSums>> = {
  'in a loop': (accumulatorBits) => (nest, operands) => sumIntegers(nest, operands, accumulatorBits),
  ...Object.fromEntries(
    Object.entries(systolicDataflows).map(([name, dataflow]) => [
      `on an array, ${name}`,
      (accumulatorBits: number): IntegerSums =>
        (nest, operands) => {
          const product = lowerConvolution(nest, operands);
          return raiseOutputs(nest, playProduct(dataflow, { ...array, accumulatorBits }, product).sums);
        },
    ]),
  ),
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
      const values = computeQuantized(nest, inputs, weights, ways[way]!(neededBits({ nest, inputs, weights })));
      const scale = Math.max(...outputs.map(Math.abs));
      expect(values).toHaveLength(outputs.length);
      // Training sums in single precision.
      values.forEach((value, at) =>
        expect(Math.abs(value - outputs[at]!) / scale, `${name}[${at}]`).toBeLessThan(1e-5),
      );
    }
  });

  it.each(Object.keys(ways))('does not wrap round in registers that are too narrow: %s', (way) => {
    const { nest, inputs, weights } = layers.at(-1)!;
    expect(() => computeQuantized(nest, inputs, weights, ways[way]!(8))).toThrow(/partial sum.* does not fit/);
  });
});

/** Widest that any sum of a layer can become, also the sum of a window's inputs, for levels without a zero. */
function neededBits({ nest, inputs, weights }: Pick<RecordedLayer, 'nest' | 'inputs' | 'weights'>): number {
  const format = formatOf(inputs.grid);
  const ones = weights.codes.map(() => 1);
  return Math.max(accumulatorBitsOf(nest, weights.codes, format), accumulatorBitsOf(nest, ones, format));
}
