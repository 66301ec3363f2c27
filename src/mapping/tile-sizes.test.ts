import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelTiles, evenTiles, halvedTiles, reductionTiles, tileCounts } from './tile-sizes.js';

describe('tile sizes', () => {
  it('cuts evenly: the smallest tile for each count of the ladder 1, 2, 3, 4, 6, 8, 12, ...', () => {
    // 56 in 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48 tiles: ceil gives 56, 28, 19, 14, 10, 7, 5, 4, 3, 2, 2; and 1.
    expect(evenTiles(56)).toEqual([56, 28, 19, 14, 10, 7, 5, 4, 3, 2, 1]);
    expect(evenTiles(5)).toEqual([5, 3, 2, 1]);
    expect(evenTiles(1)).toEqual([1]);
  });

  it('halves, rounding up', () => {
    expect(halvedTiles(7)).toEqual([7, 4, 2, 1]);
    expect(halvedTiles(1)).toEqual([1]);
  });

  it('cuts output channels also in whole columns, and below one column width by halves', () => {
    // 100 over 16 columns. Even and at least 16: 100, 50, 34, 25, 17. In whole columns: 100, 64, 48, 32, 32.
    // Below: 16, 8, 4, 2, 1.
    expect(channelTiles(100, 16)).toEqual([100, 64, 50, 48, 34, 32, 25, 17, 16, 8, 4, 2, 1]);
    // Fewer channels than columns: nothing but halves.
    expect(channelTiles(5, 16)).toEqual([5, 3, 2, 1]);
  });

  it('cuts the reduction by halves, and those in whole rows', () => {
    // 100, 50, 25, 13, 7, 4, 2, 1; of those above 16, in whole rows: 100, 64, 32.
    expect(reductionTiles(100, 16)).toEqual([100, 64, 50, 32, 25, 13, 7, 4, 2, 1]);
  });

  it('begins with the whole loop, descends, and ends with 1, so that whatever can fit is tried', () => {
    const lists = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(lists, ([length, unit]) => {
        for (const sizes of [
          evenTiles(length),
          halvedTiles(length),
          channelTiles(length, unit),
          reductionTiles(length, unit),
        ]) {
          expect(sizes[0]).toBe(length);
          expect(sizes.at(-1)).toBe(1);
          expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => b - a));
        }
      }),
    );
  });

  it('has a tile of exactly one array side wherever the loop is longer, since part-filled folds cost as much', () => {
    for (const length of [17, 64, 96, 100, 147, 1000]) expect(channelTiles(length, 16)).toContain(16);
  });
});

describe('tileCounts', () => {
  it('counts full tiles and the rest', () => {
    expect(tileCounts(10, 4)).toEqual({ full: 2, rest: 2, trips: 3 });
    expect(tileCounts(12, 4)).toEqual({ full: 3, rest: 0, trips: 3 });
    expect(tileCounts(3, 4)).toEqual({ full: 0, rest: 3, trips: 1 });
  });
});
