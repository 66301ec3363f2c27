import { describe, expect, it } from 'vitest';
import { dataflowOf, type DataflowName } from '../arch/dataflow/index.js';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { emptyCandidate } from './candidate.js';
import { foldTables, setFolds } from './folds.js';
import { pixelTiles } from './pixel-tiles.js';
import { tileCounts } from './tile-sizes.js';

/**
 * A 3x3 convolution of 10 pixels in tiles of 4, 4 and 2; 7 output channels in tiles of 4 and 3; 5 input channels in
 * tiles of 3 and 2, which are reductions of 27 and 18. The array has 4 rows and 3 columns.
 */
const problem = problemOf({ outputRows: 10, outputChannels: 7, inputChannels: 5, kernelRows: 3, kernelColumns: 3 });
const machine = machineOf({ rows: 4, columns: 3 });
const pixels = pixelTiles(problem.nest, { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 }).filter(
  (tile) => tile.rows === 4,
);
const space = {
  pixels,
  channels: [{ size: 4, ...tileCounts(7, 4) }],
  reductions: [{ size: 3, ...tileCounts(5, 3) }],
};

function foldsOf(name: DataflowName, lanes: number) {
  const tables = foldTables(dataflowOf(name), { ...problem, lanes }, machine, space);
  const candidate = { ...emptyCandidate(), pixelTrips: 3, channelTrips: 2, reductionTrips: 2 };
  setFolds(candidate, tables, tables.pixels[0]!, tables.channels[0]!, tables.reductions[0]!);
  const { folds, streamSteps, streamTrips } = candidate;
  return { folds, streamSteps, streamTrips };
}

describe('folds of tiles, each rounded up by itself', () => {
  it('weight-stationary: reduction on rows, channels on columns, pixels stream', () => {
    // Rows: ceil(27 / 4) + ceil(18 / 4) = 7 + 5. Columns: ceil(4 / 3) + ceil(3 / 3) = 3. All 10 pixels in 3 tiles.
    expect(foldsOf('weight-stationary', 1)).toEqual({ folds: 36, streamSteps: 10, streamTrips: 3 });
    // Two lanes make 4 rows 8 deep: ceil(27 / 8) + ceil(18 / 8) = 4 + 3.
    expect(foldsOf('weight-stationary', 2)).toEqual({ folds: 21, streamSteps: 10, streamTrips: 3 });
  });

  it('input-stationary: reduction on rows, pixels on columns, channels stream', () => {
    // Columns: ceil(4 / 3) + ceil(4 / 3) + ceil(2 / 3) = 5; 12 x 5 folds; 7 channels in 2 tiles.
    expect(foldsOf('input-stationary', 1)).toEqual({ folds: 60, streamSteps: 7, streamTrips: 2 });
  });

  it('output-stationary: pixels on rows, channels on columns, the reduction streams', () => {
    // Rows: 1 + 1 + 1. Columns: 3. The stream: 27 + 18 in 2 tiles; with 2 lanes 14 + 9.
    expect(foldsOf('output-stationary', 1)).toEqual({ folds: 9, streamSteps: 45, streamTrips: 2 });
    expect(foldsOf('output-stationary', 2)).toEqual({ folds: 9, streamSteps: 23, streamTrips: 2 });
  });
});
