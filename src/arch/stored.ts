import type { LayerBits } from '../precision/index.js';
import type { MacSpec } from './mac/index.js';
import { storedValue } from './mac/index.js';
import type { PackingName } from './packing/index.js';
import { packedWeightBits, packedWeightBytes, storedBitsPerValue, storedBytes } from './packing/index.js';

/**
 * How values lie in the memories of a machine: the MAC units say in which format (and with what share of a scale), the
 * packing how that is laid side by side. A `Machine` is one.
 */
export interface MemoryLayout {
  readonly mac: MacSpec;
  readonly packing: PackingName;
}

type WeightWidths = Pick<LayerBits, 'weightBits' | 'weightGroupSize' | 'weightScaleBits'>;

/** Bits that one value of many takes. May not be whole: what values share is shared out among them. */
export function valueBits({ mac, packing }: MemoryLayout, widthBits: number): number {
  return storedBitsPerValue(packing, storedValue(mac, widthBits).bits) + scaleBits(mac, packing, widthBits);
}

/** Bytes of `values` values; the last byte may be part-filled. */
export function valueBytes(layout: MemoryLayout, values: number, widthBits: number): number {
  const { bits, scale } = storedValue(layout.mac, widthBits);
  if (scale === undefined) return storedBytes(layout.packing, values, bits);
  return Math.ceil((values * valueBits(layout, widthBits)) / 8);
}

/** Bits that one weight of many takes, with its share of the scale of its group where a precision file states one. */
export function weightBits({ mac, packing }: MemoryLayout, bits: WeightWidths): number {
  const stored = { ...bits, weightBits: storedValue(mac, bits.weightBits).bits };
  return packedWeightBits(packing, stored) + scaleBits(mac, packing, bits.weightBits);
}

/** Bytes of `elements` weights with their scales. */
export function weightBytes(layout: MemoryLayout, elements: number, bits: WeightWidths): number {
  const { bits: own, scale } = storedValue(layout.mac, bits.weightBits);
  if (scale === undefined) return packedWeightBytes(layout.packing, elements, { ...bits, weightBits: own });
  return Math.ceil((elements * weightBits(layout, bits)) / 8);
}

/** A value's share of the scale of its block; 0 for formats without one. */
function scaleBits(mac: MacSpec, packing: PackingName, widthBits: number): number {
  const { scale } = storedValue(mac, widthBits);
  return scale === undefined ? 0 : storedBitsPerValue(packing, scale.bits) / scale.values;
}
