/**
 * The only unit conversions of the project. Names carry their unit: `KiB` is 1024 bytes, `GBps` is 1e9 bytes per
 * second, `GHz` is 1e9 cycles per second.
 */

export const BYTES_PER_KIB = 1024;
export const BYTES_PER_MIB = 1024 * 1024;
export const PJ_PER_NJ = 1e3;
export const PJ_PER_UJ = 1e6;
export const PJ_PER_MJ = 1e9;

/** Bytes that `elements` values of `bits` bits take, packed densely: the last byte may be part-filled. */
export function bytesOf(elements: number, bits: number): number {
  return Math.ceil((elements * bits) / 8);
}

export function kibToBytes(kib: number): number {
  return kib * BYTES_PER_KIB;
}

/** Off-chip bytes that move in one clock cycle; `Infinity` stays `Infinity`. */
export function bytesPerCycle(bandwidthGBps: number, clockGHz: number): number {
  return bandwidthGBps / clockGHz;
}

export function nanosecondsToCycles(nanoseconds: number, clockGHz: number): number {
  return nanoseconds * clockGHz;
}

export function cyclesToMilliseconds(cycles: number, clockGHz: number): number {
  return cycles / (clockGHz * 1e6);
}

export function um2ToMm2(um2: number): number {
  return um2 / 1e6;
}

export function mm2ToUm2(mm2: number): number {
  return mm2 * 1e6;
}

export function picojoulesToMillijoules(picojoules: number): number {
  return picojoules / PJ_PER_MJ;
}
