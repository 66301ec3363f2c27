import { describe, expect, test } from 'vitest';
import { machineOf, planOf, problemOf } from './plays.test-data.js';
import { TileCompute, type TileLengths } from './tile-compute.js';

const TILE: TileLengths = {
  batch: 1,
  groups: 1,
  outputChannels: 1,
  inputChannels: 1,
  outputRows: 1,
  outputColumns: 1,
  kernelRows: 1,
  kernelColumns: 1,
};

const layer = problemOf({});

function computeOf(sketch: Parameters<typeof machineOf>[0], problem = layer): TileCompute {
  const machine = machineOf(sketch);
  return new TileCompute(problem, planOf(machine, problem.nest), machine);
}

describe('a 4 x 3 array', () => {
  // 10 pixels; a reduction of 5 x 2 x 1 = 10 products; 7 output channels.
  const tile = { ...TILE, outputRows: 10, inputChannels: 5, kernelRows: 2, outputChannels: 7 };
  const array = { rows: 4, columns: 3 } as const;

  test('weight-stationary: ceil(10/4) ceil(7/3) = 9 folds of 10 + 4 + 3 - 2 cycles', () => {
    // A preload of 4 cycles before each fold, or before the first only.
    expect(computeOf({ ...array, preload: 'exposed' }).cyclesOf(tile)).toBe(9 * (4 + 15));
    expect(computeOf({ ...array, preload: 'overlapped' }).cyclesOf(tile)).toBe(4 + 9 * 15);
  });

  test('only the first tile waits for its preload', () => {
    const compute = computeOf({ ...array, preload: 'overlapped' });
    expect([compute.cyclesOf(tile), compute.cyclesOf(tile)]).toEqual([4 + 9 * 15, 9 * 15]);
  });

  test('output-stationary: ceil(10/4) ceil(7/3) = 9 folds of 10 + 5 cycles; input-stationary: 3 x 4 folds of 7 + 5', () => {
    expect(computeOf({ ...array, dataflows: ['output-stationary'] }).cyclesOf(tile)).toBe(9 * 15);
    expect(computeOf({ ...array, dataflows: ['input-stationary'], preload: 'overlapped' }).cyclesOf(tile)).toBe(
      4 + 12 * 12,
    );
  });

  test('groups take turns; passes stretch the stream only; lanes deepen the rows', () => {
    const twoGroups = { ...tile, groups: 2 };
    expect(computeOf({ ...array, dataflows: ['output-stationary'] }).cyclesOf(twoGroups)).toBe(18 * 15);
    const inPasses = { ...layer, passes: 4 };
    expect(computeOf({ ...array, dataflows: ['output-stationary'] }, inPasses).cyclesOf(tile)).toBe(9 * 45);
    // 4 rows of 2 lanes hold 8 of 10 products: 2 x 3 folds. In time: ceil(10 / 2) = 5 steps.
    const withLanes = { ...layer, lanes: 2 };
    expect(computeOf({ ...array, preload: 'exposed' }, withLanes).cyclesOf(tile)).toBe(6 * 19);
    expect(computeOf({ ...array, dataflows: ['output-stationary'] }, withLanes).cyclesOf(tile)).toBe(9 * 10);
  });

  test('without hops a fold may be shorter than the preload behind it, which is then waited for', () => {
    // NVDLA-like: 5 of 4 rows, 7 of 3 columns, 2 kernel rows in time: 2 x 3 x 2 = 12 folds of 2 pixels, 4 rows to load.
    const compute = computeOf({ ...array, dataflows: ['channel-parallel'], preload: 'overlapped' });
    expect(compute.cyclesOf({ ...tile, outputRows: 2 })).toBe(4 + 11 * (4 - 2) + 12 * 2);
    expect(compute.cyclesOf({ ...tile, outputRows: 10 })).toBe(4 - 2 + 12 * 10);
  });
});

test('the vector unit does an operation per lane and cycle, and nothing in less than a cycle', () => {
  const problem = problemOf({}, { engine: 'vector', vectorOperationsPerOutput: 3 });
  const machine = machineOf({ vectorLanes: 4 });
  const compute = new TileCompute(problem, planOf(machine, problem.nest, {}, { dataflow: null }), machine);
  // 10 outputs of 3 operations on 4 lanes.
  expect(compute.cyclesOf({ ...TILE, outputRows: 10 })).toBe(7.5);
  expect(compute.cyclesOf(TILE)).toBe(1);
});
