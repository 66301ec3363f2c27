import { describe, expect, it } from 'vitest';
import { meanOf } from './means.js';

describe('meanOf', () => {
  it('by hand', () => {
    const figures = [
      { value: 2, weight: 1 },
      { value: 8, weight: 1 },
    ];
    expect(meanOf('geometric', figures)).toBeCloseTo(4, 12);
    expect(meanOf('arithmetic', figures)).toBe(5);
    // 8 counts for three: (2 * 8^3)^(1/4) = 32^(1/2), and (2 + 24) / 4.
    const weighted = [figures[0]!, { value: 8, weight: 3 }];
    expect(meanOf('geometric', weighted)).toBeCloseTo(Math.sqrt(32), 12);
    expect(meanOf('arithmetic', weighted)).toBe(6.5);
  });

  it('of one figure is that figure to the last digit, and of a 0 is 0', () => {
    expect(meanOf('geometric', [{ value: 0.1 + 0.2, weight: 7 }])).toBe(0.1 + 0.2);
    expect(
      meanOf('geometric', [
        { value: 0, weight: 1 },
        { value: 5, weight: 1 },
      ]),
    ).toBe(0);
  });
});
