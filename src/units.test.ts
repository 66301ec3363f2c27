import { describe, expect, it } from 'vitest';
import {
  BYTES_PER_KIB,
  BYTES_PER_MIB,
  bytesOf,
  bytesPerCycle,
  cyclesToMilliseconds,
  kibToBytes,
  nanosecondsToCycles,
  mm2ToUm2,
  um2ToMm2,
} from './units.js';

describe('units', () => {
  it('packs elements densely and counts a part-filled byte', () => {
    expect(bytesOf(2, 4)).toBe(1);
    expect(bytesOf(3, 4)).toBe(2); // 12 bits
    expect(bytesOf(0, 8)).toBe(0);
    expect(bytesOf(5, 3)).toBe(2); // 15 bits
    expect(bytesOf(25_502_912, 16)).toBe(51_005_824); // ResNet50's weights
  });

  it('counts KiB and MiB in powers of two', () => {
    expect(BYTES_PER_KIB).toBe(1024);
    expect(BYTES_PER_MIB).toBe(1_048_576);
    expect(kibToBytes(512)).toBe(524_288);
  });

  it('counts bandwidth in powers of ten', () => {
    // 32e9 bytes/s at 0.8e9 cycles/s: 40 bytes a cycle.
    expect(bytesPerCycle(32, 0.8)).toBe(40);
    expect(bytesPerCycle(Infinity, 1)).toBe(Infinity);
  });

  it('turns time into cycles and back', () => {
    expect(nanosecondsToCycles(100, 1.5)).toBe(150);
    // 3e6 cycles at 1.5e9 a second are 2 ms.
    expect(cyclesToMilliseconds(3_000_000, 1.5)).toBe(2);
  });

  it('turns square micrometres into square millimetres, and back', () => {
    expect(um2ToMm2(2_500_000)).toBe(2.5);
    expect(mm2ToUm2(2.5)).toBe(2_500_000);
  });
});
