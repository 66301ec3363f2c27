import { describe, expect, test } from 'vitest';
import { coreShares } from './core-share.js';
import { machineOf, planOf, problemOf } from './plays.test-data.js';
import type { TileLoop, TilePlan } from './tile-plan.js';
import { walkTiles, type Step } from './tile-walk.js';

const machine = machineOf({ rows: 1, columns: 1, dataflows: ['output-stationary'] });

function stepsOf(
  nest: Parameters<typeof problemOf>[0],
  tile: Partial<TilePlan['tile']>,
  rest: Partial<TilePlan> = {},
  core = 0,
): Step[] {
  const layer = problemOf(nest);
  const plan = planOf(machine, layer.nest, tile, rest);
  return [...walkTiles(layer, plan, machine, coreShares(layer.nest, plan)[core]!)];
}

const loads = (steps: readonly Step[]): number[][] =>
  steps.map(({ loadedInputs, loadedSecond, loadedSums }) => [loadedInputs, loadedSecond, loadedSums]);
const stores = (steps: readonly Step[]): number[][] => steps.map((step) => [step.storedOutputs, step.storedSums]);

/** Five channels in of which two make a tile, three out in tiles of two, one pixel. */
const product = { inputChannels: 5, outputChannels: 3 };
const tile = { inputChannels: 2, outputChannels: 2 };
const order = (...loops: [TileLoop, TileLoop, TileLoop]): Partial<TilePlan> => ({ order: loops });

describe('what a step loads and stores', () => {
  test('reduction innermost: each output tile is summed up before the next', () => {
    const steps = stepsOf(product, tile, order('pixels', 'outputChannels', 'reduction'));
    // Inputs 2, 2, 1; weights inputs x (2, then 1) channels; no sums move.
    expect(loads(steps)).toEqual([
      [2, 4, 0],
      [2, 4, 0],
      [1, 2, 0],
      [2, 2, 0],
      [2, 2, 0],
      [1, 1, 0],
    ]);
    expect(stores(steps)).toEqual([
      [0, 0],
      [0, 0],
      [2, 0],
      [0, 0],
      [0, 0],
      [1, 0],
    ]);
  });

  test('reduction outermost: inputs stay for both output tiles, whose sums leave and come back', () => {
    const steps = stepsOf(product, tile, order('reduction', 'pixels', 'outputChannels'));
    expect(loads(steps)).toEqual([
      [2, 4, 0],
      [0, 2, 0],
      [2, 4, 2],
      [0, 2, 1],
      [1, 2, 2],
      [0, 1, 1],
    ]);
    expect(stores(steps)).toEqual([
      [0, 2],
      [0, 1],
      [0, 2],
      [0, 1],
      [2, 0],
      [1, 0],
    ]);
  });

  test('one product a cycle: a tile takes as long as its products', () => {
    expect(stepsOf(product, tile).map(({ computeCycles }) => computeCycles)).toEqual([4, 4, 2, 2, 2, 1]);
  });
});

describe('halos', () => {
  // 5 rows by a 3-row kernel over 7 rows, 1 of them padding above and 1 below: 5 input rows.
  const rows = { outputRows: 5, kernelRows: 3, paddingTop: 1, inputRows: 5, inputColumns: 1 };

  test('tiles of 2, 2 and 1 rows read input rows 0-2, 1-4 and 3-4', () => {
    expect(loads(stepsOf(rows, { outputRows: 2 })).map(([inputs]) => inputs)).toEqual([3, 4, 2]);
  });

  test('so do the shares of two cores, 3 rows and 2', () => {
    const split = { batch: 1, groups: 1, outputRows: 2, outputChannels: 1 };
    expect(loads(stepsOf(rows, {}, { split }, 0)).map(([inputs]) => inputs)).toEqual([4]);
    expect(loads(stepsOf(rows, {}, { split }, 1)).map(([inputs]) => inputs)).toEqual([3]);
  });

  test('a stride larger than the kernel skips what no window reads', () => {
    expect(loads(stepsOf({ outputRows: 3, strideRows: 4 }, {}))[0]).toEqual([3, 1, 0]);
  });
});

test('shares: the last core along a loop has what is left, and cores that read the same say so', () => {
  const layer = problemOf({ outputRows: 5, outputChannels: 7 });
  const split = { batch: 1, groups: 1, outputRows: 2, outputChannels: 3 };
  const shares = coreShares(layer.nest, planOf(machine, layer.nest, { outputChannels: 2 }, { split }));
  const sizes = shares.map(({ pixels, outputChannels }) => [
    pixels[0]!.outputRows,
    outputChannels.map(({ size }) => size),
  ]);
  expect(sizes).toEqual([
    [3, [2, 1]],
    [3, [2, 1]],
    [3, [1]],
    [2, [2, 1]],
    [2, [2, 1]],
    [2, [1]],
  ]);
  expect(shares.map(({ core }) => core)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(shares.map(({ inputParty }) => inputParty)).toEqual([0, 0, 0, 1, 1, 1]);
  expect(shares.map(({ secondParty }) => secondParty)).toEqual([0, 1, 2, 0, 1, 2]);
});
