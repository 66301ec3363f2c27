import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { touchedAlongAxis } from './touched.js';

/** The definition, index by index. */
function countTouched(
  first: number,
  end: number,
  stride: number,
  kernel: number,
  dilation: number,
  padding: number,
  size: number,
): number {
  const touched = new Set<number>();
  for (let output = first; output < end; output += 1) {
    for (let tap = 0; tap < kernel; tap += 1) {
      const index = output * stride + tap * dilation - padding;
      if (index >= 0 && index < size) touched.add(index);
    }
  }
  return touched.size;
}

describe('touchedAlongAxis', () => {
  it('counts the halo of overlapping windows once', () => {
    // 3-wide windows at stride 1 over 10 inputs: outputs 2..4 read inputs 2..6, five of them, not nine.
    expect(touchedAlongAxis(2, 5, 1, 3, 1, 0, 10)).toBe(5);
  });

  it('leaves padding out at both ends', () => {
    // ResNet50 conv1: 7 wide, stride 2, padding 3, 224 inputs. Output 0 reads -3..3: 4 real inputs.
    // Output 111 reads 219..225: 5 real inputs.
    expect(touchedAlongAxis(0, 1, 2, 7, 1, 3, 224)).toBe(4);
    expect(touchedAlongAxis(111, 112, 2, 7, 1, 3, 224)).toBe(5);
    expect(touchedAlongAxis(0, 112, 2, 7, 1, 3, 224)).toBe(224);
  });

  it('skips the inputs between windows that do not meet', () => {
    // 1-wide windows at stride 2 over 56 inputs: every second one.
    expect(touchedAlongAxis(0, 28, 2, 1, 1, 0, 56)).toBe(28);
  });

  it('counts the comb of a dilated kernel', () => {
    // Taps 2 apart at stride 2: outputs 0..2 read {0,2,4}, {2,4,6}, {4,6,8}: five even inputs.
    expect(touchedAlongAxis(0, 3, 2, 3, 2, 0, 20)).toBe(5);
    // Taps 3 apart at stride 2: {0,3,6}, {2,5,8}, {4,7,10}, {6,...}: output 3 reads 6, 9, 12 and 6 is old.
    expect(touchedAlongAxis(0, 4, 2, 3, 3, 0, 20)).toBe(11);
  });

  it('touches nothing for an empty run or a run that lies in the padding', () => {
    expect(touchedAlongAxis(3, 3, 1, 3, 1, 0, 10)).toBe(0);
    expect(touchedAlongAxis(0, 2, 1, 1, 1, 2, 10)).toBe(0);
  });

  it('equals counting index by index', () => {
    const axis = fc.record({
      first: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 0, max: 20 }),
      stride: fc.integer({ min: 1, max: 9 }),
      kernel: fc.integer({ min: 1, max: 9 }),
      dilation: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 })),
      padding: fc.integer({ min: 0, max: 12 }),
      size: fc.integer({ min: 1, max: 120 }),
    });
    fc.assert(
      fc.property(axis, ({ first, length, stride, kernel, dilation, padding, size }) => {
        const answer = touchedAlongAxis(first, first + length, stride, kernel, dilation, padding, size);
        expect(answer).toBe(countTouched(first, first + length, stride, kernel, dilation, padding, size));
      }),
      { numRuns: 3000 },
    );
  });
});
