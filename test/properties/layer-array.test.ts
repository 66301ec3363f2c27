import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axesOf,
  loopClassOf,
  loopDimensions,
  type Dataflow,
  type LoopDimension,
} from '../../src/arch/dataflow/index.js';
import type { Machine } from '../../src/arch/index.js';
import { emptyCandidate } from '../../src/mapping/candidate.js';
import { setTiles } from '../../src/mapping/geometry.js';
import { tileSpaces, type LayerProblem } from '../../src/mapping/index.js';
import { scratchpadBytes } from '../../src/performance/delivery.js';
import { arrayCycles } from '../../src/performance/index.js';
import { nestOperations } from '../../src/workload/loop-nest.js';
import { playTile, type PlayedTile, type TileShape } from './layer-array.test-data.js';
import { machineOf, mixingMachine, smallMachine } from './machines.test-data.js';
import { problemOf, smallProblem } from './problems.test-data.js';

/** Every product of a tile, put where the dataflow has it: what lies in the array in each cycle is looked at, not computed. */
function playProducts(dataflow: Dataflow, problem: LayerProblem, machine: Machine, shape: TileShape): PlayedTile {
  const folds = new Set<string>();
  const positions = new Set<string>();
  const inputs = new Set<string>();
  const seconds = new Set<string>();
  const sums = new Set<string>();
  const sides = axesOf(dataflow).map(([side, { unroll }]) => ({
    // Groups outermost: a side is filled with one group's channels after the other's.
    unroll: [...unroll].sort((one, other) => Number(other === 'groups') - Number(one === 'groups')),
    size: machine[side] * (unroll.includes('inputChannels') ? problem.lanes : 1),
  }));
  const inSpace = new Set(sides.flatMap(({ unroll }) => unroll));
  const inTime = loopDimensions.filter((dimension) => !inSpace.has(dimension));
  const timedReduction = inTime.filter((dimension) => loopClassOf(dimension) === 'reduction');
  const packs = timedReduction.includes('inputChannels') ? problem.lanes : 1;
  const streams = (dimension: LoopDimension) => loopClassOf(dimension) === dataflow.stream;

  const index = Object.fromEntries(loopDimensions.map((dimension) => [dimension, 0])) as Record<LoopDimension, number>;
  const flat = (dimensions: readonly LoopDimension[]) =>
    dimensions.reduce((place, dimension) => place * shape[dimension] + index[dimension], 0);
  const visit = (): void => {
    const fold: number[] = [];
    const step: number[] = [];
    for (const { unroll, size } of sides) (streams(unroll[0]!) ? step : fold).push(Math.floor(flat(unroll) / size));
    for (const dimension of inTime)
      if (loopClassOf(dimension) !== 'reduction') (streams(dimension) ? step : fold).push(index[dimension]);
    (dataflow.stream === 'reduction' ? step : fold).push(Math.floor(flat(timedReduction) / packs));
    const pixel = flat(['groups', 'batch', 'outputRows', 'outputColumns']);
    const tap = flat(['inputChannels', 'kernelRows', 'kernelColumns']);
    const channel = flat(['groups', 'outputChannels']);
    const inFold = fold.join();
    const inStep = `${inFold} ${step.join()}`;
    folds.add(inFold);
    positions.add(inStep);
    inputs.add(`${dataflow.stationary === 'inputs' ? inFold : inStep} ${pixel} ${tap}`);
    seconds.add(`${dataflow.stationary === 'weights' ? inFold : inStep} ${channel} ${tap}`);
    sums.add(`${dataflow.stationary === 'outputs' ? inFold : inStep} ${pixel} ${channel}`);
  };
  const run = (depth: number): void => {
    const dimension = loopDimensions[depth];
    if (dimension === undefined) return visit();
    for (index[dimension] = 0; index[dimension] < shape[dimension]; index[dimension] += 1) run(depth + 1);
  };
  run(0);

  const hops = axesOf(dataflow).filter(([, { systolic }]) => systolic);
  let foldCycles = (positions.size / folds.size) * problem.passes;
  for (const [side] of hops) foldCycles += machine[side] - 1;
  if (dataflow.stationary !== 'outputs')
    foldCycles = machine.preload === 'exposed' ? foldCycles + machine.rows : Math.max(foldCycles, machine.rows);
  const outputs = ['groups', 'batch', 'outputRows', 'outputColumns', 'outputChannels'] as const;
  return {
    cycles: folds.size * foldCycles,
    inputReads: inputs.size,
    secondReads: seconds.size,
    sumWrites: sums.size / outputs.reduce((product, dimension) => product * shape[dimension], 1),
  };
}

function shapeOf({ nest }: LayerProblem): TileShape {
  const { batch, groups, outputChannels, inputChannels, outputRows, outputColumns, kernelRows, kernelColumns } = nest;
  return { batch, groups, outputChannels, inputChannels, outputRows, outputColumns, kernelRows, kernelColumns };
}

/** A layer in one tile on one core. */
const anyTile = fc
  .tuple(smallProblem, fc.oneof(smallMachine, mixingMachine), fc.nat())
  .map(([problem, sketch, pick]) => {
    const machine = machineOf({ ...sketch, cores: 1 });
    return { problem, machine, dataflow: machine.dataflows[pick % machine.dataflows.length]! };
  })
  .filter(({ problem }) => nestOperations(problem.nest) <= 1500);

describe('one tile on the array', () => {
  it('takes the cycles, and the reads and writes of the scratchpad, that its products come to one by one', () => {
    fc.assert(
      fc.property(anyTile, ({ problem, machine, dataflow }) => {
        const played = playProducts(dataflow, problem, machine, shapeOf(problem));
        const space = tileSpaces(problem, { ...machine, dataflows: [dataflow] })[0]!;
        const candidate = emptyCandidate();
        setTiles(candidate, problem, machine, space, 0, 0, 0, 0);
        const firstPreload = dataflow.stationary !== 'outputs' && machine.preload === 'overlapped' ? machine.rows : 0;
        expect(arrayCycles(candidate, problem, machine)).toBe(played.cycles + firstPreload);

        const { outputWidthBits, accumulatorBits } = problem;
        const sums = candidate.outputsPerCore;
        const outputBits =
          dataflow.stationary === 'outputs'
            ? outputWidthBits
            : // Written at each part of the reduction, and read again before each but the first.
              (2 * played.sumWrites - 1) * accumulatorBits;
        const bits =
          played.inputReads * problem.inputWidthBits + played.secondReads * problem.secondWidthBits + sums * outputBits;
        expect(scratchpadBytes(candidate, problem)).toBe(Math.ceil(bits / 8));
        // What the oracle of the search takes for a tile.
        expect(playTile(dataflow, problem, machine, shapeOf(problem))).toEqual(played);
      }),
      { numRuns: 400 },
    );
  });
});

const depthwise = fc
  .record({
    groups: fc.integer({ min: 2, max: 40 }),
    outputRows: fc.integer({ min: 1, max: 12 }),
    outputColumns: fc.integer({ min: 1, max: 12 }),
    kernelRows: fc.integer({ min: 1, max: 5 }),
    kernelColumns: fc.integer({ min: 1, max: 5 }),
  })
  .map((fields) => problemOf(fields));

describe('depthwise layers', () => {
  const side = fc.integer({ min: 1, max: 16 });
  const cyclesOn = (problem: LayerProblem, machine: Machine): number => {
    const candidate = emptyCandidate();
    setTiles(candidate, problem, machine, tileSpaces(problem, machine)[0]!, 0, 0, 0, 0);
    return arrayCycles(candidate, problem, machine);
  };

  it('use no more of the array than one channel in and out of each group can fill', () => {
    fc.assert(
      fc.property(depthwise, side, side, (problem, rows, columns) => {
        const macs = nestOperations(problem.nest);
        const on = (dataflow: keyof typeof busy) =>
          cyclesOn(problem, machineOf({ rows, columns, depth: 2, dataflows: [dataflow], preload: 'overlapped' }));
        // Elements that find anything to do: the kernel's, of one column; pixels; one; kernel rows by output rows; a pair.
        const { kernelRows, kernelColumns, outputRows, outputColumns } = problem.nest;
        const kernel = Math.min(rows, kernelRows * kernelColumns);
        const busy = {
          'weight-stationary': kernel,
          'input-stationary': kernel * Math.min(columns, outputRows * outputColumns),
          'output-stationary': Math.min(rows, outputRows * outputColumns),
          'channel-parallel': 1,
          'row-stationary': Math.min(rows, kernelRows) * Math.min(columns, outputRows),
          'pixel-channel-parallel': Math.min(2, outputColumns),
        } as const;
        for (const [dataflow, elements] of Object.entries(busy))
          expect(on(dataflow as keyof typeof busy)).toBeGreaterThanOrEqual(macs / elements);
      }),
      { numRuns: 200 },
    );
  });

  it('run as many groups at a time as a side has elements where a dataflow unrolls them', () => {
    fc.assert(
      fc.property(depthwise, side, side, fc.boolean(), (problem, rows, columns, systolic) => {
        const rowsSide = { unroll: ['inputChannels', 'kernelRows', 'kernelColumns'], systolic } as const;
        const stated = (...unroll: LoopDimension[]) => ({
          name: 'stated',
          description: 'drawn',
          stationary: 'weights' as const,
          axes: { rows: rowsSide, columns: { unroll, systolic } },
        });
        const on = (...unroll: LoopDimension[]) =>
          cyclesOn(problem, machineOf({ rows, columns, dataflows: [stated(...unroll)], preload: 'exposed' }));
        const inTurn = on('outputChannels');
        const { groups } = problem.nest;
        expect(on('groups') * groups).toBe(inTurn * Math.ceil(groups / columns));
        // With one output channel a group, groups flattened with channels are groups.
        expect(on('outputChannels', 'groups')).toBe(on('groups'));
      }),
      { numRuns: 200 },
    );
  });
});
