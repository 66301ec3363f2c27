import { z } from 'zod';
import { failure } from '../../errors.js';
import { nearestName } from '../../json/index.js';
import { storedWeightBits, type LayerBits } from '../../precision/index.js';
import { byte } from './byte.js';
import { container } from './container.js';
import { dense } from './dense.js';
import type { Packing } from './packing.js';
import { powerOfTwo } from './power-of-two.js';

export type { PackedWord, Packing } from './packing.js';

/** Every way to lay bits in memory; schema, menus and help derive from the keys. */
export const packings = {
  dense,
  'power-of-two': powerOfTwo,
  byte,
  container: container(32),
  'container-64': container(64),
} as const satisfies Record<string, Packing>;

export type PackingName = keyof typeof packings;

export const packingNames = Object.keys(packings).filter((name): name is PackingName => Object.hasOwn(packings, name));

export const packingSchema = z.enum(packingNames).meta({
  description:
    'how values lie in memory, on chip and off: ' +
    `${packingNames.map((name) => `${name} (${packings[name].description})`).join(', ')}; dense if left out`,
});

/**
 * Bits that `values` values of `widthBits` bits take in memory, whole words counted. Everything that turns widths into
 * room or traffic comes by here or by `storedBitsPerValue`.
 */
export function storedBits(packing: PackingName, values: number, widthBits: number): number {
  const word = packings[packing].word(widthBits);
  return Math.ceil(values / word.values) * word.bits;
}

/** Bytes of the same; the last byte may be part-filled. */
export function storedBytes(packing: PackingName, values: number, widthBits: number): number {
  return Math.ceil(storedBits(packing, values, widthBits) / 8);
}

/** Bits that one value of many takes: what is empty in a word is shared among its values. May not be whole. */
export function storedBitsPerValue(packing: PackingName, widthBits: number): number {
  const { bits, values } = packings[packing].word(widthBits);
  return bits / values;
}

type WeightWidths = Pick<LayerBits, 'weightBits' | 'weightGroupSize' | 'weightScaleBits'>;

/** Bits that one weight of many takes: its own, and its share of the scale of its group, which is packed alike. */
export function packedWeightBits(packing: PackingName, bits: WeightWidths): number {
  return storedWeightBits(bits, (widthBits) => storedBitsPerValue(packing, widthBits));
}

/** Bytes of `elements` weights with their scales. */
export function packedWeightBytes(packing: PackingName, elements: number, bits: WeightWidths): number {
  // Without scales the words are whole; scales are shared out among weights, as they are where weights move.
  if (bits.weightGroupSize === undefined) return storedBytes(packing, elements, bits.weightBits);
  return Math.ceil((elements * packedWeightBits(packing, bits)) / 8);
}

/**
 * A packing by its name.
 * @throws AccelsimError with the names there are, and the nearest.
 */
export function parsePacking(text: string, source: string): PackingName {
  const name = packingNames.find((known) => known === text);
  if (name !== undefined) return name;
  const near = nearestName(text, packingNames);
  throw failure(source, '', `must be one of ${packingNames.join(', ')}`, text, near && `did you mean ${near}?`);
}
