import { describe, expect, it } from 'vitest';
import type { DedicatedMac } from './dedicated.js';
import { dedicated } from './dedicated.js';

const area = { model: 'polynomial', productUm2: 1, linearUm2: 0, constantUm2: 0 } as const;
const perRun: DedicatedMac = { kind: 'dedicated', designBits: 'run', referenceBits: 16, area };
const tpu: DedicatedMac = { kind: 'dedicated', designBits: 8, referenceBits: 8, area };

describe('dedicated MAC', () => {
  it('is built for the width the file states, or for that of the run', () => {
    expect(dedicated.designBits(tpu, 4)).toBe(8);
    expect(dedicated.designBits(tpu, null)).toBe(8);
    expect(dedicated.designBits(perRun, 4)).toBe(4);
  });

  it('cannot be built for a run without a nominal width', () => {
    expect(() => dedicated.designBits(perRun, null)).toThrow('mac.designBits');
  });

  it('halves its speed at 8 by 16 bits and quarters it at 16 by 16, like the first TPU', () => {
    expect(dedicated.rate(tpu, 8, 8, 8)).toEqual({ lanes: 1, passes: 1 });
    expect(dedicated.rate(tpu, 8, 8, 16)).toEqual({ lanes: 1, passes: 2 });
    expect(dedicated.rate(tpu, 8, 16, 16)).toEqual({ lanes: 1, passes: 4 });
  });

  it('gains nothing from operands narrower than it was built for', () => {
    expect(dedicated.rate(tpu, 8, 2, 2)).toEqual({ lanes: 1, passes: 1 });
  });

  it('takes the area of a MAC of its own width', () => {
    expect(dedicated.elementAreaUm2(perRun, 4)).toBe(16);
  });

  it('knows the next narrower width worth building, or at which a fixed unit saves a pass', () => {
    expect([32, 16, 6, 4, 3, 2].map((bits) => dedicated.narrowerBits(perRun, bits))).toEqual([16, 8, 4, 2, 2, null]);
    expect([32, 16, 12, 8, 4].map((bits) => dedicated.narrowerBits(tpu, bits))).toEqual([16, 8, 8, null, null]);
  });
});
