import { describe, expect, it } from 'vitest';
import { completeDataflow, type Dataflow, dataflowOf } from '../arch/dataflow/index.js';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { emptyCandidate } from './candidate.js';
import { FoldCounter } from './folds.js';
import { setFolds } from './set-folds.js';
import { pixelTiles } from './pixel-tiles.js';
import { tileCounts } from './tile-sizes.js';

/**
 * A 3x3 convolution of 10 rows of 1 pixel in tiles of 4, 4 and 2; 7 output channels in tiles of 4 and 3; 5 input channels
 * in tiles of 3 and 2, which are reductions of 27 and 18. The array has 4 rows, 3 columns and 2 planes.
 */
const problem = problemOf({ outputRows: 10, outputChannels: 7, inputChannels: 5, kernelRows: 3, kernelColumns: 3 });
const machine = machineOf({ rows: 4, columns: 3, depth: 2 });
const ONE_CORE = { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 };
const tile = (length: number, size: number) => ({ size, ...tileCounts(length, size) });
const lists = {
  pixels: pixelTiles(problem.nest, ONE_CORE).filter(({ rows }) => rows === 4),
  channels: [tile(7, 4)],
  reductions: [tile(5, 3)],
  groups: [tile(1, 1)],
};

function foldsOf(dataflow: Dataflow, lanes = 1, tiles = lists, groupsPerCore = 1) {
  const tables = new FoldCounter(dataflow, { ...problem, lanes }, machine).tables(tiles);
  const candidate = { ...emptyCandidate(), groupsPerCore };
  setFolds(candidate, tables, 0, 0, 0, 0);
  const { folds, groupFolds, channelFolds, leastChannelFolds, stream } = candidate;
  const { streamSteps, streamTrips, restSteps, restTrips } = candidate;
  // Tiles along the stream: so many full ones, and the rest.
  return {
    folds,
    stream: [streamTrips, streamSteps, restTrips, restSteps],
    more: { groupFolds, channelFolds, leastChannelFolds, stream },
  };
}

describe('folds of tiles, each rounded up by itself', () => {
  it('weight-stationary: reduction on rows, channels on columns, pixels stream', () => {
    // Rows: ceil(27 / 4) + ceil(18 / 4) = 7 + 5. Columns: ceil(4 / 3) + ceil(3 / 3) = 3. Pixels in 4, 4 and 2.
    const flow = dataflowOf('weight-stationary');
    expect(foldsOf(flow)).toMatchObject({ folds: 36, stream: [2, 4, 1, 2] });
    // Two lanes make 4 rows 8 deep: ceil(27 / 8) + ceil(18 / 8) = 4 + 3.
    expect(foldsOf(flow, 2)).toMatchObject({ folds: 21, stream: [2, 4, 1, 2] });
  });

  it('input-stationary: reduction on rows, pixels on columns, channels stream', () => {
    // Columns: ceil(4 / 3) + ceil(4 / 3) + ceil(2 / 3) = 5; 12 x 5 folds; channels in 4 and 3.
    expect(foldsOf(dataflowOf('input-stationary'))).toMatchObject({ folds: 60, stream: [1, 4, 1, 3] });
  });

  it('output-stationary: pixels on rows, channels on columns, the reduction streams', () => {
    // Rows: 1 + 1 + 1. Columns: 3. The stream: 27 and 18; with 2 lanes 14 and 9.
    const flow = dataflowOf('output-stationary');
    expect(foldsOf(flow)).toMatchObject({ folds: 9, stream: [1, 27, 1, 18] });
    expect(foldsOf(flow, 2)).toMatchObject({ folds: 9, stream: [1, 14, 1, 9] });
  });

  it('channel-parallel: input channels on rows, channels on columns, 9 kernel positions one after the other', () => {
    // 3 and 2 input channels fill 4 rows once each: 2 x 9 positions of the reduction; 3 of channels.
    const flow = dataflowOf('channel-parallel');
    expect(foldsOf(flow)).toMatchObject({ folds: 54, stream: [2, 4, 1, 2] });
    // Lanes find no more to do: kernel positions are no input channels.
    expect(foldsOf(flow, 2)).toMatchObject({ folds: 54 });
  });

  it('row-stationary: kernel rows and input channels on rows, output rows on columns', () => {
    // Rows: 3 x 3 and 3 x 2 take ceil(9 / 4) + ceil(6 / 4) = 5 positions, kernel columns 3 each: 15. All 7 channels in
    // turn. The stream: 4 output rows over 3 columns are 2 positions, so are the next 4; the last 2 are 1.
    const flow = dataflowOf('row-stationary');
    expect(foldsOf(flow)).toMatchObject({ folds: 105, stream: [2, 2, 1, 1] });
    // Two lanes: 8 rows hold 9 in 2 and 6 in 1.
    expect(foldsOf(flow, 2)).toMatchObject({ folds: 63 });
  });

  it('pixel-channel-parallel: columns of pixels on planes, beside the channels', () => {
    // Rows of 5 pixels in tiles of 3 and 2, one row at a time: 2 and 1 positions of 2 planes. 10 rows of them.
    const { nest } = problemOf({ outputRows: 10, outputColumns: 5 });
    const pixels = pixelTiles(nest, ONE_CORE).filter(({ columns }) => columns === 3);
    const folds = foldsOf(dataflowOf('pixel-channel-parallel'), 1, { ...lists, pixels });
    expect(folds).toMatchObject({ folds: 54, stream: [10, 2, 10, 1] });
  });

  it('packs what runs in time of the reduction into lanes', () => {
    // Kernel rows on rows: 1 position of 4. Input channels and kernel columns in time: 3 x 3 and 2 x 3, in lanes of 4
    // ceil(9 / 4) + ceil(6 / 4) = 5 steps.
    const axes = { rows: { unroll: ['kernelRows'], systolic: false } } as const;
    const flow = completeDataflow({ name: 'x', description: 'x', stationary: 'outputs', axes });
    // 10 pixels x 7 channels, one at a time.
    expect(foldsOf(flow, 4)).toMatchObject({ folds: 70, stream: [1, 3, 1, 2] });
  });
});

describe('groups', () => {
  // 7 groups in tiles of 5 and 2, with 4 and 3 output channels in turn.
  const grouped = { ...lists, groups: [tile(7, 5)] };

  it('take turns where no side holds them', () => {
    expect(foldsOf(dataflowOf('weight-stationary'), 1, grouped, 7).more).toMatchObject({
      groupFolds: 7,
      // 3 positions of channels for each group.
      channelFolds: 21,
    });
  });

  it('take fewer turns where a side does: 5 and 2 of them on 3 columns are 2 and 1', () => {
    const axes = { columns: { unroll: ['groups'], systolic: false } } as const;
    const flow = completeDataflow({ name: 'x', description: 'x', stationary: 'weights', axes });
    // Channels run in time: 7 of each group.
    expect(foldsOf(flow, 1, grouped, 7).more).toMatchObject({ groupFolds: 3, channelFolds: 49 });
  });

  it('fill a side together with output channels, with as many groups at a position as lie there', () => {
    const axes = { columns: { unroll: ['outputChannels', 'groups'], systolic: false } } as const;
    const flow = completeDataflow({ name: 'x', description: 'x', stationary: 'weights', axes });
    // 5 groups of 4 channels over 3 columns: ceil(20 / 3) = 7, 5 of 3: 5, 2 of 4: 3, 2 of 3: 2. The reduction, 5 x 9 in
    // tiles of 3 x 9 and 2 x 9, runs in time.
    const { folds, more } = foldsOf(flow, 1, grouped, 7);
    expect(folds).toBe((7 + 5 + 3 + 2) * 45);
    // Of 20 channels the columns hold 0-2 3-5 6-8 9-11 12-14 15-17 18-19, groups are 0-3 4-7 8-11 12-15 16-19: 1 + 2 + 2 + 1 + 1
    // + 2 + 1 groups = 10. Where 3 lie side by side, one: 5. Of 8: 0-2 3-5 6-7, 2 groups of 4: 1 + 2 + 1. Of 6: 2.
    // Had each group begun at a new position: 7 x (ceil(4 / 3) + ceil(3 / 3)).
    expect(more).toMatchObject({ groupFolds: 1, channelFolds: 10 + 5 + 4 + 2, leastChannelFolds: 21 });
  });
});
