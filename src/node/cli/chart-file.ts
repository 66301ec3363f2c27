import { extname } from 'node:path';
import { failure } from '../../index.js';
import { imageFormats, type ImageFormat } from '../charts.js';
import { checkWritableFile } from '../files.js';

/** A file to draw into, in the form that its ending says. */
export interface ChartFile {
  readonly file: string;
  readonly format: ImageFormat;
}

/**
 * Reads the file of `--chart`.
 * @throws AccelsimError if the ending is of no form there is, or the file cannot be written
 */
export function readChartFile(file: string): ChartFile {
  const ending = extname(file).slice(1).toLowerCase();
  const format = (Object.keys(imageFormats) as ImageFormat[]).find((name) => name === ending);
  if (format === undefined) throw failure('--chart', '', `must end in ${imageEndings()}`, file);
  checkWritableFile(file);
  return { file, format };
}

/** `.png or .svg`. */
export function imageEndings(): string {
  return Object.keys(imageFormats)
    .map((name) => `.${name}`)
    .join(' or ');
}
