import { isObject } from './format.js';

/** What one encoding says of the bits of a tensor. */
export interface TensorEncoding {
  readonly bits: number;
  /** Values that share a scale, where these are short blocks, and the bits of one. */
  readonly groupSize?: number | undefined;
  readonly scaleBits?: number | undefined;
}

/** Of a block's scale where the encoding does not say. */
const SCALE_BITS = 16;

/** The encoding of a tensor, one object or one for each of its channels. A text says why it is none. */
export function encodingOf(encoding: unknown): TensorEncoding | string {
  if (Array.isArray(encoding)) {
    if (encoding.length === 0) return 'must have an encoding';
    let widest: TensorEncoding = { bits: 0 };
    for (const channel of encoding) {
      const found = encodingOf(Array.isArray(channel) ? undefined : channel);
      if (typeof found === 'string') return found;
      if (found.bits > widest.bits) widest = found;
    }
    return widest;
  }
  if (!isObject(encoding)) return 'must be an encoding, an object with the bits of a tensor';
  const bits = bitsOf(encoding);
  if (bits === undefined) return 'must say its bits: bitwidth, bw or output_dtype';
  const groupSize = encoding['block_size'];
  if (typeof groupSize !== 'number' || groupSize < 1 || !Number.isInteger(groupSize)) return { bits };
  const compressed = encoding['compressed_bw'];
  if (typeof compressed !== 'number') return { bits, groupSize, scaleBits: SCALE_BITS };
  // Low-power blockwise quantization: narrow values, and for each block a whole number that widens them to `bits`.
  return { bits: compressed, groupSize, scaleBits: Math.max(1, bits - compressed) };
}

function bitsOf(object: Readonly<Record<string, unknown>>): number | undefined {
  for (const field of ['bitwidth', 'bw']) {
    const value = object[field];
    if (typeof value === 'number') return value;
  }
  const type = object['output_dtype'];
  const digits = typeof type === 'string' ? /^(?:u?int|float|bfloat)(\d{1,2})$/.exec(type)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}
