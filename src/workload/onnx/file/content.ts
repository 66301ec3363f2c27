import { MAX_CONTENT_ELEMENTS } from '../limits.js';
import { dataTypes } from './data-types.js';
import type { DataTypeName } from './data-types.js';
import type { OnnxTensor } from './model.js';
import { MalformedFile, WireReader } from './wire.js';

type ReadElement = (view: DataView, offset: number) => number;

/** Little-endian elements of `raw_data`, for the types that shapes, axes and scales have. */
export const readers: Partial<Record<DataTypeName, ReadElement>> = {
  float32: (view, offset) => view.getFloat32(offset, true),
  float64: (view, offset) => view.getFloat64(offset, true),
  uint8: (view, offset) => view.getUint8(offset),
  int8: (view, offset) => view.getInt8(offset),
  bool: (view, offset) => view.getUint8(offset),
  uint16: (view, offset) => view.getUint16(offset, true),
  int16: (view, offset) => view.getInt16(offset, true),
  int32: (view, offset) => view.getInt32(offset, true),
  uint32: (view, offset) => view.getUint32(offset, true),
  int64: (view, offset) => Number(view.getBigInt64(offset, true)),
  uint64: (view, offset) => Number(view.getBigUint64(offset, true)),
  float16: (view, offset) => halfFloat(view.getUint16(offset, true)),
  bfloat16: (view, offset) => brainFloat(view.getUint16(offset, true)),
};

/** The elements of a small tensor; undefined where it is large, kept elsewhere, or not written as its shape says. */
export function readContent(tensor: OnnxTensor): readonly number[] | undefined {
  const { content, type } = tensor;
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  if (content.form === 'none' || count > MAX_CONTENT_ELEMENTS) return undefined;
  const numbers = content.form === 'numbers' ? content.numbers : readBytes(content.form, content.bytes, type, count);
  return numbers?.length === count ? numbers : undefined;
}

function readBytes(
  form: 'raw' | 'float' | 'double' | 'integer',
  chunks: readonly Uint8Array[],
  type: DataTypeName,
  count: number,
): readonly number[] | undefined {
  if (form === 'integer') return readVarints(chunks, type, count);
  const stored = ({ raw: type, float: 'float32', double: 'float64' } as const)[form];
  const read = readers[stored];
  const [bytes] = chunks;
  const size = dataTypes[stored].bits / 8;
  if (read === undefined || bytes === undefined || chunks.length !== 1 || bytes.length !== count * size)
    return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, index) => read(view, index * size));
}

function readVarints(chunks: readonly Uint8Array[], type: DataTypeName, count: number): readonly number[] | undefined {
  // A varint has at most ten bytes.
  if (chunks.reduce((sum, chunk) => sum + chunk.length, 0) > 10 * count) return undefined;
  let numbers: number[];
  try {
    numbers = chunks.flatMap((chunk) => new WireReader(chunk).packedIntegers());
  } catch (error) {
    if (error instanceof MalformedFile) return undefined;
    throw error;
  }
  // Half floats are written as the integers that have their bits.
  if (type === 'float16') return numbers.map(halfFloat);
  return type === 'bfloat16' ? numbers.map(brainFloat) : numbers;
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * 2 ** -24 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

/** The upper half of an IEEE 754 binary32. */
function brainFloat(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, (bits << 16) >>> 0);
  return view.getFloat32(0);
}
