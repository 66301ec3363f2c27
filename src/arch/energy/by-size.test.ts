import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { energyAtSize } from './by-size.js';

const points = [
  { size: 4, energyPj: 2 },
  { size: 16, energyPj: 8 },
  { size: 64, energyPj: 16 },
];

describe('energyAtSize', () => {
  it('gives the points back as they are', () => {
    for (const { size, energyPj } of points) expect(energyAtSize(points, size, 2)).toBe(energyPj);
  });

  it('follows a power law between two points', () => {
    // 4 to 16 is a factor 4 for a factor 4: exponent 1; 16 to 64 a factor 2 for a factor 4: exponent 1/2
    expect(energyAtSize(points, 8, 2)).toBeCloseTo(4, 12);
    expect(energyAtSize(points, 32, 2)).toBeCloseTo(8 * Math.SQRT2, 12);
  });

  it('goes on with the stated exponent beyond the ends', () => {
    expect(energyAtSize(points, 2, 2)).toBeCloseTo(0.5, 12);
    expect(energyAtSize(points, 256, 0.5)).toBeCloseTo(32, 12);
    expect(energyAtSize([{ size: 8, energyPj: 3 }], 2, 1)).toBeCloseTo(0.75, 12);
  });

  it('never falls with the size where the points do not', () => {
    const size = fc.double({ min: 0.5, max: 1000, noNaN: true });
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [small, large] = [energyAtSize(points, Math.min(a, b), 1), energyAtSize(points, Math.max(a, b), 1)];
        expect(large).toBeGreaterThanOrEqual(small * (1 - 1e-12));
      }),
    );
  });
});
