import { dataTypes } from './data-types.js';
import type { DataTypeName } from './data-types.js';
import { readers } from './content.js';
import type { OnnxTensor } from './model.js';

/** How the elements of `float_data` and `double_data` are written. */
const storedTypes = { float: 'float32', double: 'float64' } as const;

/**
 * All elements of a tensor of floating-point numbers, however many, in the order of the file. `undefined` where the
 * tensor is of another type, kept beside the file, or not written as its shape says.
 */
export function readElements({ content, type, shape }: OnnxTensor): Float64Array | undefined {
  const count = shape.reduce((product, size) => product * size, 1);
  if (dataTypes[type].family !== 'float' || content.form === 'none' || content.form === 'integer') return undefined;
  if (content.form === 'numbers') {
    return content.numbers.length === count ? Float64Array.from(content.numbers) : undefined;
  }
  const stored: DataTypeName = content.form === 'raw' ? type : storedTypes[content.form];
  const read = readers[stored];
  const size = dataTypes[stored].bits / 8;
  const bytes = content.bytes.reduce((sum, chunk) => sum + chunk.length, 0);
  if (read === undefined || bytes !== count * size) return undefined;
  const elements = new Float64Array(count);
  let at = 0;
  for (const chunk of content.bytes) {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    // A writer may cut a list into chunks, but never an element.
    if (chunk.length % size !== 0) return undefined;
    for (let offset = 0; offset < chunk.length; offset += size) elements[at++] = read(view, offset);
  }
  return elements;
}
