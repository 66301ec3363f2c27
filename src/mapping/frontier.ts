import type { Mapping } from './candidate.js';

/**
 * The mappings of one layer that are worth keeping: none needs as little scratchpad as another and is as good. Ordered
 * by buffer size, so "the best that fits" is the last one that fits. Better means fewer cycles, then fewer off-chip
 * bytes, then a smaller buffer, then found earlier.
 */
export class Frontier {
  private readonly buffers: number[] = [];
  private readonly cycles: number[] = [];
  private readonly bytes: number[] = [];
  private readonly mappings: Mapping[] = [];
  /** The smallest buffer any mapping needs, whether it fitted or not. */
  smallestBufferBytes = Infinity;
  /** Mappings considered, one for each tile choice and loop order; and those a lower bound ruled out unpriced. */
  considered = 0;
  pruned = 0;

  /** Whether a mapping with this buffer that is at best this good could add anything. */
  couldImprove(bufferBytes: number, cycles: number, bytes: number): boolean {
    const at = this.lastWithin(bufferBytes);
    if (at < 0) return true;
    const best = this.cycles[at]!;
    return cycles < best || (cycles === best && bytes < this.bytes[at]!);
  }

  /** Adds a mapping that `couldImprove` let through, and drops those it makes useless. */
  add(mapping: Mapping): void {
    const { bufferBytesPerCore: buffer, cycles, offChipBytes: bytes } = mapping;
    const at = this.lastWithin(buffer);
    let from = at + 1;
    if (at >= 0 && this.buffers[at] === buffer) from = at;
    let until = from;
    while (until < this.buffers.length && !this.betterAt(until, cycles, bytes)) until += 1;
    const drop = until - from;
    this.buffers.splice(from, drop, buffer);
    this.cycles.splice(from, drop, cycles);
    this.bytes.splice(from, drop, bytes);
    this.mappings.splice(from, drop, mapping);
  }

  /** The best mapping whose buffers fit in `bytesPerCore`; undefined when none does. */
  best(bytesPerCore: number): Mapping | undefined {
    const at = this.lastWithin(bytesPerCore);
    return at < 0 ? undefined : this.mappings[at];
  }

  all(): readonly Mapping[] {
    return this.mappings;
  }

  private betterAt(at: number, cycles: number, bytes: number): boolean {
    return this.cycles[at]! < cycles || (this.cycles[at] === cycles && this.bytes[at]! < bytes);
  }

  /** Position of the largest buffer of at most `bufferBytes`; -1 if there is none. By bisection. */
  private lastWithin(bufferBytes: number): number {
    const { buffers } = this;
    let low = 0;
    let high = buffers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (buffers[middle]! <= bufferBytes) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
