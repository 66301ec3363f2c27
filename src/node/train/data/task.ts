import { failure } from '../../../index.js';
import { Random } from '../random.js';
import type { ImageSet, Mnist } from './mnist.js';

/** How digits are made harder to tell apart. */
export interface Difficulty {
  readonly trainingImages: number;
  readonly testImages: number;
  /** Standard deviation of Gaussian noise, of a range from 0 to 1. */
  readonly noise: number;
  /** Digits are moved by up to so many pixels of the smaller image. */
  readonly shift: number;
}

/** Images as a network reads them: from 0 to 1. */
export interface Samples {
  readonly count: number;
  readonly side: number;
  /** Image after image, row after row. */
  readonly pixels: Float32Array;
  readonly labels: Uint8Array;
}

export interface Task {
  readonly training: Samples;
  readonly test: Samples;
}

/** Fixed, so that every training sees the same images: seeds of trainings differ in start and order. */
const TRAINING_SEED = 20180516;
const TEST_SEED = 18071964;

/**
 * Picks images, halves them to 14 x 14 (means of 2 x 2), moves and disturbs them. The same difficulty gives the same
 * images.
 * @throws AccelsimError if there are not so many
 */
export function makeTask({ training, test }: Mnist, difficulty: Difficulty): Task {
  const { trainingImages, testImages } = difficulty;
  return {
    training: disturb(training, trainingImages, difficulty, new Random(TRAINING_SEED), 'training images'),
    test: disturb(test, testImages, difficulty, new Random(TEST_SEED), 'test images'),
  };
}

function disturb(set: ImageSet, count: number, { noise, shift }: Difficulty, random: Random, what: string): Samples {
  if (!Number.isInteger(count) || count < 1 || count > set.count) {
    throw failure(what, '', `must be a whole number from 1 to ${set.count}, as many as the data has`, count);
  }
  const side = set.rows / 2;
  const pixels = new Float32Array(count * side * side);
  const labels = new Uint8Array(count);
  const order = random.order(set.count);
  for (let at = 0, image = 0; image < count; image += 1) {
    const from = order[image]!;
    labels[image] = set.labels[from]!;
    const [down, right] = [random.below(2 * shift + 1) - shift, random.below(2 * shift + 1) - shift];
    for (let row = 0; row < side; row += 1) {
      for (let column = 0; column < side; column += 1) {
        const clean = meanAt(set, from, row - down, column - right) / 255;
        const value = noise === 0 ? clean : clean + noise * random.normal();
        pixels[at++] = Math.min(1, Math.max(0, value));
      }
    }
  }
  return { count, side, pixels, labels };
}

/** Mean of 2 x 2 pixels; black outside. */
function meanAt({ rows, columns, pixels }: ImageSet, image: number, row: number, column: number): number {
  if (row < 0 || column < 0 || 2 * row >= rows || 2 * column >= columns) return 0;
  const corner = (image * rows + 2 * row) * columns + 2 * column;
  return (pixels[corner]! + pixels[corner + 1]! + pixels[corner + columns]! + pixels[corner + columns + 1]!) / 4;
}
