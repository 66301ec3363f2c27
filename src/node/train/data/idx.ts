import { failure } from '../../../index.js';

/** Unsigned bytes in a block of one to four dimensions. */
export interface IdxArray {
  readonly sizes: readonly number[];
  readonly values: Uint8Array;
}

/** Type code of unsigned bytes. */
const UNSIGNED_BYTES = 0x08;

/**
 * Reads the IDX format of the MNIST files (LeCun, Cortes and Burges): two zero bytes, a type code, the number of
 * dimensions, their sizes as big-endian 32-bit integers, the values.
 * @param dimensions how many there have to be: 3 for images, 1 for labels
 * @throws AccelsimError naming `source` if it is no such file, or not as long as it says
 */
export function readIdx(bytes: Uint8Array, dimensions: number, source: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length < 4 ? null : view.getUint32(0);
  const expected = UNSIGNED_BYTES * 256 + dimensions;
  if (magic !== expected) {
    const found = magic === null ? `${bytes.length} bytes` : hex(magic);
    const hint = magic !== null && magic >>> 16 === 0x1f8b ? 'it is compressed with gzip: unpack it first' : undefined;
    throw failure(source, 'magic', `must be ${hex(expected)}: unsigned bytes, ${dimensions} dimensions`, found, hint);
  }
  const header = 4 + 4 * dimensions;
  if (bytes.length < header)
    throw failure(source, '', `must have a header of ${header} bytes`, `${bytes.length} bytes`);
  const sizes = Array.from({ length: dimensions }, (_, at) => view.getUint32(4 + 4 * at));
  const length = header + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== length) {
    throw failure(source, '', `must have ${length} bytes for ${sizes.join(' x ')} values`, `${bytes.length} bytes`);
  }
  return { sizes, values: bytes.subarray(header) };
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
