import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import type { DataflowName, Machine } from '../arch/index.js';
import { searchMappings, type LayerProblem } from '../mapping/index.js';
import { LayerPricer } from './pricer.js';

/** Compute cycles of the whole product of M x K by K x N as one tile, which is what an unlimited channel asks for. */
function cyclesOf(problem: LayerProblem, machine: Machine): number {
  const best = searchMappings(problem, machine, new LayerPricer(problem, machine)).best(
    machine.scratchpadBytesPerCore,
  )!;
  expect(best.cycles).toBe(best.candidate.computeCycles);
  return best.candidate.computeCycles;
}

function product(m: number, k: number, n: number, rest: Partial<LayerProblem> = {}): LayerProblem {
  return problemOf({ outputRows: m, inputChannels: k, outputChannels: n }, rest);
}

const unlimited = { bandwidthGBps: Infinity, capacityKiB: 1024, rows: 4, columns: 3 };

function array(dataflow: DataflowName, preload: 'exposed' | 'overlapped'): Machine {
  return machineOf({ ...unlimited, dataflows: [dataflow], preload });
}

describe('cycles of an array of 4 x 3, product of 10 x 9 by 9 x 7', () => {
  it('weight-stationary: ceil(9/4) ceil(7/3) folds of 10 + 2 x 4 + 3 - 2', () => {
    // 3 x 3 folds of 19 cycles.
    expect(cyclesOf(product(10, 9, 7), array('weight-stationary', 'exposed'))).toBe(171);
  });

  it('weight-stationary, weights loaded behind the fold before: 10 + 4 + 3 - 2 a fold, and 4 rows once', () => {
    expect(cyclesOf(product(10, 9, 7), array('weight-stationary', 'overlapped'))).toBe(9 * 15 + 4);
  });

  it('input-stationary: ceil(9/4) ceil(10/3) folds of 7 + 2 x 4 + 3 - 2', () => {
    expect(cyclesOf(product(10, 9, 7), array('input-stationary', 'exposed'))).toBe(3 * 4 * 16);
    expect(cyclesOf(product(10, 9, 7), array('input-stationary', 'overlapped'))).toBe(3 * 4 * 12 + 4);
  });

  it('output-stationary: ceil(10/4) ceil(7/3) folds of 9 + 4 + 3 - 2, with nothing to preload', () => {
    expect(cyclesOf(product(10, 9, 7), array('output-stationary', 'exposed'))).toBe(3 * 3 * 14);
    expect(cyclesOf(product(10, 9, 7), array('output-stationary', 'overlapped'))).toBe(3 * 3 * 14);
  });

  it('a single product of single elements takes rows + columns - 1 cycles to pass, and rows to load', () => {
    expect(cyclesOf(product(1, 1, 1), array('weight-stationary', 'exposed'))).toBe(1 + 2 * 4 + 3 - 2);
    expect(cyclesOf(product(1, 1, 1), machineOf({ ...unlimited, rows: 1, columns: 1 }))).toBe(2);
  });
});

describe('lanes', () => {
  it('make the rows deeper where the reduction lies in space: ceil(9 / (2 x 4)) = 2 folds instead of 3', () => {
    expect(cyclesOf(product(10, 9, 7, { lanes: 2 }), array('weight-stationary', 'exposed'))).toBe(2 * 3 * 19);
    expect(cyclesOf(product(10, 9, 7, { lanes: 2 }), array('input-stationary', 'exposed'))).toBe(2 * 4 * 16);
  });

  it('shorten the stream where the reduction runs in time: ceil(9 / 2) = 5 steps instead of 9', () => {
    expect(cyclesOf(product(10, 9, 7, { lanes: 2 }), array('output-stationary', 'exposed'))).toBe(3 * 3 * 10);
  });

  it('stay idle where the reduction is short: 8 lanes do no more for 9 than for 32', () => {
    const one = array('weight-stationary', 'exposed');
    expect(cyclesOf(product(10, 9, 7, { lanes: 8 }), one)).toBe(cyclesOf(product(10, 32, 7, { lanes: 8 }), one));
  });
});

describe('passes', () => {
  it('stretch the stream, not the filling and draining', () => {
    // 4 passes: 10 vectors take 40 cycles.
    const problem = product(10, 9, 7, { passes: 4 });
    expect(cyclesOf(problem, array('weight-stationary', 'exposed'))).toBe(9 * (40 + 2 * 4 + 3 - 2));
    expect(cyclesOf(problem, array('output-stationary', 'exposed'))).toBe(9 * (36 + 4 + 3 - 2));
  });
});

describe('groups and cores', () => {
  it('runs groups one after the other, also when one tile holds several', () => {
    const grouped = problemOf({ groups: 5, outputRows: 10, inputChannels: 9, outputChannels: 7 });
    expect(cyclesOf(grouped, array('weight-stationary', 'exposed'))).toBe(5 * 171);
    expect(cyclesOf(grouped, array('weight-stationary', 'overlapped'))).toBe(5 * 9 * 15 + 4);
  });

  it('waits for the busiest core: 10 rows on 4 cores are 3 rows', () => {
    // Of the ways to share 10 x 9 by 9 x 7 among 4 cores: 3 rows each, 3 x 3 folds of 3 + 9; or 2 x 2 cores with 5 rows
    // and 4 channels, 3 x 2 folds of 5 + 9; or 2 channels each, 3 x 1 folds of 10 + 9. The last is best.
    const machine = machineOf({ ...unlimited, cores: 4 });
    expect(cyclesOf(product(10, 9, 7), machine)).toBe(57);
  });
});

describe('a preload that hides behind the fold before', () => {
  it('keeps a fold that is shorter than it from ending before it', () => {
    // Rows 6, columns 1, no hops: 2 pixels take 2 cycles, their successor's weights 6. ceil(9 / 6) x 7 folds of 6, and 6.
    const axes = { rows: { unroll: ['inputChannels'], systolic: false } } as const;
    const short = { name: 'short', description: 'trees', stationary: 'weights', axes } as const;
    const machine = machineOf({ ...unlimited, rows: 6, columns: 1, dataflows: [short], preload: 'overlapped' });
    expect(cyclesOf(product(2, 9, 7), machine)).toBe(14 * 6 + 6);
    expect(cyclesOf(product(8, 9, 7), machine)).toBe(14 * 8 + 6);
  });

  it('is never the longer where sums hop down the rows: 1 + 4 - 1 cycles are no less than 4', () => {
    expect(cyclesOf(product(1, 9, 7), array('weight-stationary', 'overlapped'))).toBe(9 * 6 + 4);
  });
});

describe('dataflows without hops', () => {
  // A 3x3 convolution of 5 channels to 7, over 10 rows of 2 pixels.
  const convolution = problemOf({
    outputRows: 10,
    outputColumns: 2,
    inputChannels: 5,
    outputChannels: 7,
    kernelRows: 3,
    kernelColumns: 3,
  });

  it('channel-parallel: ceil(5/4) ceil(7/3) 9 folds of 20 pixels', () => {
    expect(cyclesOf(convolution, array('channel-parallel', 'overlapped'))).toBe(54 * 20 + 4);
    expect(cyclesOf(convolution, array('channel-parallel', 'exposed'))).toBe(54 * (20 + 4));
  });

  it('row-stationary: ceil(3 x 5 / 4) 3 7 folds of 2 ceil(10 / 3) steps', () => {
    expect(cyclesOf(convolution, array('row-stationary', 'overlapped'))).toBe(84 * 8 + 4);
    expect(cyclesOf(convolution, array('row-stationary', 'exposed'))).toBe(84 * (8 + 4));
  });

  it('pixel-channel-parallel: the folds of channel-parallel, two pixels of a row at a time', () => {
    const machine = machineOf({ ...unlimited, depth: 2, dataflows: ['pixel-channel-parallel'], preload: 'overlapped' });
    expect(cyclesOf(convolution, machine)).toBe(54 * 10 + 4);
    // Three planes have nothing to do for the third.
    expect(cyclesOf(convolution, { ...machine, depth: 3 })).toBe(54 * 10 + 4);
  });

  it('takes hops only of the sides that have them', () => {
    const axes = {
      rows: { unroll: ['inputChannels'], systolic: true },
      columns: { unroll: ['outputChannels'], systolic: false },
      depth: { unroll: ['outputColumns'], systolic: true },
    } as const;
    const mixed = { name: 'mixed', description: 'mixed', stationary: 'weights', axes } as const;
    const machine = machineOf({ ...unlimited, depth: 5, dataflows: [mixed], preload: 'exposed' });
    // 54 folds of 10 steps, 4 - 1 hops along rows, 5 - 1 along planes, and 4 cycles to preload.
    expect(cyclesOf(convolution, machine)).toBe(54 * (10 + 3 + 4 + 4));
  });
});

describe('depthwise layers', () => {
  // A 3x3 kernel on each of 6 channels, over 10 rows of 2 pixels: 6 x 20 x 9 MACs.
  const depthwise = problemOf({ groups: 6, outputRows: 10, outputColumns: 2, kernelRows: 3, kernelColumns: 3 });
  const macs = 1080;
  const utilization = (machine: Machine) =>
    macs / (cyclesOf(depthwise, machine) * machine.rows * machine.columns * machine.depth);

  it('leave all columns but one idle where groups take turns', () => {
    // Weight-stationary: 6 groups of ceil(9 / 4) folds of 20 + 9.
    expect(cyclesOf(depthwise, array('weight-stationary', 'exposed'))).toBe(6 * 3 * 29);
    expect(utilization(array('weight-stationary', 'exposed'))).toBeLessThan(1 / 3);
    // Channel-parallel: one input channel, one output channel, one kernel position after the other.
    expect(cyclesOf(depthwise, array('channel-parallel', 'overlapped'))).toBe(6 * 9 * 20 + 4);
    expect(utilization(array('channel-parallel', 'overlapped'))).toBeLessThan(1 / 12);
  });

  it('fill the columns with groups where a dataflow says so', () => {
    const axes = {
      rows: { unroll: ['inputChannels', 'kernelRows', 'kernelColumns'], systolic: true },
      columns: { unroll: ['groups'], systolic: true },
    } as const;
    const parallel = { name: 'depthwise', description: 'groups side by side', stationary: 'weights', axes } as const;
    const machine = machineOf({ ...unlimited, dataflows: [parallel], preload: 'exposed' });
    // ceil(6 / 3) turns of 3 folds.
    expect(cyclesOf(depthwise, machine)).toBe(2 * 3 * 29);
    expect(utilization(machine)).toBeCloseTo(3 * utilization(array('weight-stationary', 'exposed')), 12);
    // Beside the other, it is the one that is chosen.
    const both = machineOf({ ...unlimited, dataflows: ['weight-stationary', parallel], preload: 'exposed' });
    const mapping = searchMappings(depthwise, both, new LayerPricer(depthwise, both)).best(1024 * 1024);
    expect(mapping?.dataflow).toBe('depthwise');
  });

  it('with two output channels a group fill more of the columns, flattened', () => {
    const axes = { columns: { unroll: ['groups', 'outputChannels'], systolic: false } } as const;
    const flat = { name: 'flat', description: 'groups by channels', stationary: 'weights', axes } as const;
    const machine = machineOf({ ...unlimited, columns: 5, dataflows: [flat], preload: 'exposed' });
    const two = problemOf({ groups: 6, outputChannels: 2, outputRows: 10 });
    // ceil(12 / 5) folds of 10 + 4. Groups alone would take 2 turns of 2 channels.
    expect(cyclesOf(two, machine)).toBe(3 * 14);
  });
});

describe('the vector unit', () => {
  it('does one operation per lane and cycle, on the busiest core', () => {
    // A 2x2 pooling of 5 channels to 3x3: 45 outputs of 4 operations on 7 lanes, ceil(180 / 7).
    const pooling = problemOf(
      { groups: 5, outputRows: 3, outputColumns: 3, kernelRows: 2, kernelColumns: 2 },
      { engine: 'vector', secondBits: 0, vectorOperationsPerOutput: 4 },
    );
    expect(cyclesOf(pooling, machineOf({ ...unlimited, vectorLanes: 7 }))).toBe(26);
    // On 2 cores: 3 of 5 channels (27 outputs, 108 operations, 16 cycles), or 2 of 3 rows (30 outputs).
    expect(cyclesOf(pooling, machineOf({ ...unlimited, vectorLanes: 7, cores: 2 }))).toBe(16);
  });
});
