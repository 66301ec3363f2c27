import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../random.js';
import { readIdx } from './idx.js';
import { readMnist } from './mnist.js';
import { makeTask } from './task.js';

/** An IDX file: magic, sizes, values. */
function idx(sizes: readonly number[], values: readonly number[], type = 8): Uint8Array {
  const header = sizes.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]);
  return Uint8Array.from([0, 0, type, sizes.length, ...header, ...values]);
}

describe('IDX files', () => {
  it('are sizes and bytes', () => {
    const { sizes, values } = readIdx(idx([2, 1, 3], [1, 2, 3, 4, 5, 255]), 3, 'a');
    expect([sizes, [...values]]).toEqual([
      [2, 1, 3],
      [1, 2, 3, 4, 5, 255],
    ]);
  });

  it.each([
    ['empty', new Uint8Array(0), 'a: magic: must be 0x00000803: unsigned bytes, 3 dimensions (found "0 bytes")'],
    ['labels', idx([2], [1, 2]), 'found "0x00000801"'],
    ['floats', idx([1, 1, 1], [0, 0, 0, 0], 13), 'found "0x00000d03"'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0, 0), 'it is compressed with gzip: unpack it first'],
    ['cut in its header', idx([1, 1, 1], []).subarray(0, 9), 'must have a header of 16 bytes (found "9 bytes")'],
    ['cut', idx([1, 2, 2], [1, 2, 3]), 'must have 20 bytes for 1 x 2 x 2 values (found "19 bytes")'],
    ['too long', idx([1, 2, 2], [1, 2, 3, 4, 5]), 'must have 20 bytes for 1 x 2 x 2 values (found "21 bytes")'],
  ])('that are none are refused: %s', (_, bytes, words) => {
    expect(() => readIdx(bytes, 3, 'a')).toThrow(words);
  });
});

describe('MNIST', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'accelsim-mnist-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const black = Array.from({ length: 28 * 28 }, () => 0);
  function write(files: Readonly<Record<string, Uint8Array>>): void {
    const whole = {
      'train-images-idx3-ubyte': idx([1, 28, 28], black),
      'train-labels-idx1-ubyte': idx([1], [3]),
      't10k-images-idx3-ubyte': idx([1, 28, 28], black),
      't10k-labels-idx1-ubyte': idx([1], [4]),
      ...files,
    };
    for (const [name, bytes] of Object.entries(whole)) writeFileSync(join(folder, name), bytes);
  }

  it('comes whole from the npm package', () => {
    const { training, test } = readMnist();
    expect([training.count, test.count, training.rows, training.columns]).toEqual([60_000, 10_000, 28, 28]);
    // The first labels, as on the data base's own page.
    expect([...training.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect([...test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  });

  it('comes from a folder', () => {
    write({});
    expect(readMnist(folder).test.labels[0]).toBe(4);
  });

  it('that is not there, or not itself, is refused', () => {
    expect(() => readMnist(join(folder, 'none'))).toThrow('train-images-idx3-ubyte: no such file: MNIST is four files');
    write({ 'train-labels-idx1-ubyte': idx([2], [3, 4]) });
    expect(() => readMnist(folder)).toThrow('must have one label for each of 1 images (found 2)');
    write({ 't10k-labels-idx1-ubyte': idx([1], [10]) });
    expect(() => readMnist(folder)).toThrow('[0]: must be a digit from 0 to 9 (found 10)');
    write({ 'train-images-idx3-ubyte': idx([1, 1, 784], black) });
    expect(() => readMnist(folder)).toThrow('must hold images of 28 x 28 (found "1 x 784")');
  });
});

describe('the task', () => {
  const ramp = Uint8Array.from({ length: 28 * 28 }, (_, at) => at % 28);
  const set = { count: 1, rows: 28, columns: 28, pixels: ramp, labels: Uint8Array.of(7) };
  const mnist = { training: set, test: set };
  const plain = { trainingImages: 1, testImages: 1, noise: 0, shift: 0 };

  it('by hand: means of 2 x 2 pixels, from 0 to 1', () => {
    const { test } = makeTask(mnist, plain);
    // Columns 0 and 1 of both rows: mean 0.5; the last two: 26.5.
    expect(test.side).toBe(14);
    expect(test.pixels[0]! * 255).toBeCloseTo(0.5, 4);
    expect(test.pixels[13]! * 255).toBeCloseTo(26.5, 4);
    expect(test.labels[0]).toBe(7);
  });

  it('is the same each time, and noisy as asked', () => {
    const grey = { ...set, pixels: new Uint8Array(28 * 28).fill(128) };
    const noisy = { ...plain, noise: 0.1 };
    const { pixels } = makeTask({ training: grey, test: grey }, noisy).training;
    expect(makeTask({ training: grey, test: grey }, noisy).training.pixels).toEqual(pixels);
    const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    const deviation = Math.sqrt(pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length);
    // 196 samples: the mean is known to 0.007 and the deviation to 0.005; four of those.
    expect(Math.abs(mean - 128 / 255)).toBeLessThan(0.03);
    expect(Math.abs(deviation - 0.1)).toBeLessThan(0.02);
  });

  it('moves digits, and leaves black behind', () => {
    const many = {
      ...set,
      count: 50,
      pixels: new Uint8Array(50 * 784).fill(255),
      labels: new Uint8Array(50),
    };
    const { pixels } = makeTask({ training: many, test: many }, { ...plain, trainingImages: 50, shift: 1 }).training;
    const corners = Array.from({ length: 50 }, (_, at) => pixels[at * 196]!);
    expect(new Set(corners)).toEqual(new Set([0, 1]));
  });

  it('cannot have more images than there are', () => {
    expect(() => makeTask(mnist, { ...plain, trainingImages: 2 })).toThrow(
      'training images: must be a whole number from 1 to 1, as many as the data has (found 2)',
    );
  });
});

describe('random numbers', () => {
  it('are the same for the same seed, and others for another', () => {
    const draw = (seed: number): number[] => {
      const random = new Random(seed);
      return Array.from({ length: 5 }, () => random.uniform());
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('are spread as they should be', () => {
    const random = new Random(3);
    const count = 20_000;
    const uniform = Array.from({ length: count }, () => random.uniform());
    const normal = Array.from({ length: count }, () => random.normal());
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / count;
    expect(mean(uniform)).toBeCloseTo(0.5, 1);
    expect(mean(uniform.map((value) => value * value))).toBeCloseTo(1 / 3, 1);
    // Standard errors 0.007 and 0.01: five of them.
    expect(Math.abs(mean(normal))).toBeLessThan(0.036);
    expect(Math.abs(mean(normal.map((value) => value * value)) - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean(normal.map((value) => value ** 4)) - 3)).toBeLessThan(0.4);
  });

  it('make every order', () => {
    const random = new Random(5);
    const orders = new Set(Array.from({ length: 200 }, () => random.order(3).join('')));
    expect([...orders].sort()).toEqual(['012', '021', '102', '120', '201', '210']);
  });
});
