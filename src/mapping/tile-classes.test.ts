import { describe, expect, it } from 'vitest';
import { nestOf } from '../../test/properties/problems.test-data.js';
import { pixelTiles } from './pixel-tiles.js';
import { classesOfLoop, classesOfPixels } from './tile-classes.js';
import { tileCounts } from './tile-sizes.js';

describe('classes of tiles', () => {
  it('of a loop stand to the mean tile as their sizes do', () => {
    // 10 in tiles of 4 are 4, 4 and 2, on the mean 10 / 3.
    const { fullInputs, restInputs, fullOutputs, restOutputs, lastOutputs, ...runs } = classesOfLoop({
      size: 4,
      ...tileCounts(10, 4),
    });
    expect(runs).toEqual({ trips: 3, runs: 1, fullPerRun: 2, hasRest: true });
    expect([fullInputs, restInputs, fullOutputs, restOutputs, lastOutputs].map((share) => share * (10 / 3))).toEqual(
      [4, 2, 4, 2, 2].map((size) => expect.closeTo(size, 9)),
    );
    expect(classesOfLoop({ size: 5, ...tileCounts(10, 5) })).toMatchObject({
      hasRest: false,
      fullInputs: 1,
      lastOutputs: 1,
    });
  });

  it('of pixels read more for an output where tiles are small, by their halo', () => {
    // 5 rows under 3 taps in tiles of 2 rows: 4, 4 and 3 rows of inputs, on the mean 11 / 3, for 2, 2 and 1 rows of outputs.
    const tiles = pixelTiles(nestOf({ outputRows: 5, kernelRows: 3 }), {
      batch: 1,
      groups: 1,
      outputRows: 1,
      outputChannels: 1,
    });
    const classes = classesOfPixels(tiles.find(({ rows }) => rows === 2)!);
    expect(classes).toMatchObject({ trips: 3, runs: 1, fullPerRun: 2, hasRest: true });
    expect(classes.fullInputs).toBeCloseTo(4 / (11 / 3), 9);
    expect(classes.restInputs).toBeCloseTo(3 / (11 / 3), 9);
    expect(classes.fullOutputs).toBeCloseTo(2 / (5 / 3), 9);
    expect(classes.restOutputs).toBeCloseTo(1 / (5 / 3), 9);
    expect(classes.lastOutputs).toBe(classes.restOutputs);
  });

  it('of pixels in rows have a rest in each image', () => {
    const tiles = pixelTiles(nestOf({ batch: 3, outputRows: 5 }), {
      batch: 1,
      groups: 1,
      outputRows: 1,
      outputChannels: 1,
    });
    const twoRows = tiles.find(({ batch, rows }) => batch === 1 && rows === 2)!;
    expect(classesOfPixels(twoRows)).toMatchObject({ trips: 9, runs: 3, fullPerRun: 2, hasRest: true });
  });
});
