import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestOf, smallProblem } from '../../test/properties/problems.test-data.js';
import { coreSplits } from './core-split.js';
import { pixelTiles } from './pixel-tiles.js';

const ONE_CORE = { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 };

describe('pixelTiles', () => {
  it('counts halos each time they are read', () => {
    // A 3x3 kernel with padding 1 over 6x6. Rows in pairs: outputs 0-1 read inputs 0-2 (row -1 is padding), 2-3 read
    // 1-4, 4-5 read 3-5: 3 + 4 + 3 = 10 rows of 6, where the tensor has 6. The largest tile has 4 x 6.
    const nest = nestOf({
      outputRows: 6,
      outputColumns: 6,
      kernelRows: 3,
      kernelColumns: 3,
      inputRows: 6,
      inputColumns: 6,
      paddingTop: 1,
      paddingLeft: 1,
    });
    const pair = pixelTiles(nest, ONE_CORE).find((tile) => tile.rows === 2);
    expect(pair).toEqual({
      batch: 1,
      rows: 2,
      columns: 6,
      trips: 3,
      restBatch: 1,
      restRows: 0,
      restColumns: 6,
      fullPixels: 12,
      fullCount: 3,
      restPixels: 0,
      restCount: 0,
      tileInputElements: 24,
      inputElements: 60,
      // 3 + 4 + 3 rows of 6 over three tiles.
      fullInputs: 20,
      restInputs: 0,
    });
  });

  it('leaves inputs that no window touches out: a 1x1 kernel at stride 2 reads every second row and column', () => {
    const nest = nestOf({
      outputRows: 4,
      outputColumns: 4,
      strideRows: 2,
      strideColumns: 2,
      inputRows: 8,
      inputColumns: 8,
    });
    expect(pixelTiles(nest, ONE_CORE)[0]).toMatchObject({ rows: 4, columns: 4, trips: 1, inputElements: 16 });
  });

  it('cuts each core by itself: halos between cores are read by both', () => {
    // 6 outputs of a 3-row kernel over 8 inputs, 2 cores of 3 rows: inputs 0-4 and 3-7, 5 + 5 = 10 rows of 1.
    const nest = nestOf({ outputRows: 6, kernelRows: 3 });
    const [whole] = pixelTiles(nest, { ...ONE_CORE, outputRows: 2 });
    expect(whole).toMatchObject({ rows: 3, trips: 1, fullPixels: 3, tileInputElements: 5, inputElements: 10 });
  });

  it('counts trips and pixels of the busiest core, elements of all', () => {
    // 5 images over 2 cores: 3 and 2. In tiles of 2 images the busiest core has a full one and a rest of 1.
    const nest = nestOf({ batch: 5, outputRows: 2, outputColumns: 3 });
    const pairs = pixelTiles(nest, { ...ONE_CORE, batch: 2 }).find((tile) => tile.batch === 2);
    expect(pairs).toMatchObject({
      trips: 2,
      fullPixels: 12,
      fullCount: 1,
      restPixels: 6,
      restCount: 1,
      inputElements: 30,
    });
  });

  it('takes images together only whole, cuts rows before columns, and columns only of single rows', () => {
    const cuts = pixelTiles(nestOf({ batch: 2, outputRows: 3, outputColumns: 4 }), ONE_CORE).map(
      ({ batch, rows, columns }) => [batch, rows, columns],
    );
    expect(cuts).toEqual([
      [2, 3, 4],
      [1, 3, 4],
      [1, 2, 4],
      [1, 1, 4],
      [1, 1, 2],
      [1, 1, 1],
    ]);
  });

  it('covers each pixel of the busiest core once, begins uncut and goes down to one pixel', () => {
    fc.assert(
      fc.property(smallProblem, fc.integer({ min: 1, max: 6 }), ({ nest }, cores) => {
        for (const split of coreSplits(nest, cores)) {
          const tiles = pixelTiles(nest, split);
          const share =
            Math.ceil(nest.batch / split.batch) * Math.ceil(nest.outputRows / split.outputRows) * nest.outputColumns;
          for (const tile of tiles) {
            expect(tile.fullCount * tile.fullPixels + tile.restCount * tile.restPixels).toBe(share);
            expect(tile.fullCount + tile.restCount).toBe(tile.trips);
            expect(tile.fullPixels).toBe(tile.batch * tile.rows * tile.columns);
            expect(tile.restPixels).toBeLessThan(tile.fullPixels);
            expect(tile.restPixels).toBe(tile.restBatch * tile.restRows * tile.restColumns);
          }
          expect(tiles[0]!.trips).toBe(1);
          expect(tiles.at(-1)!.fullPixels).toBe(1);
        }
      }),
    );
  });
});
