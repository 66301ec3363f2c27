/**
 * One tile on the array, played: positions of a side are counted by filling it up, index by index. No closed form of the
 * model is used.
 */
import type { Dataflow, LoopClass, LoopDimension } from '../../src/arch/dataflow/index.js';
import { axesOf, loopClassOf, loopDimensions } from '../../src/arch/dataflow/index.js';
import type { Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/problem.js';

/** Lengths of all loops of a tile. */
export type TileShape = Readonly<Record<LoopDimension, number>>;

/** What the array does with one tile. */
export interface PlayedTile {
  /** Without the preload that the layer's first fold waits for. */
  readonly cycles: number;
  /** Elements that the array takes from the scratchpad. */
  readonly inputReads: number;
  readonly secondReads: number;
  /** Times each sum is put down in the scratchpad before the tile's part of the reduction is in it. */
  readonly sumWrites: number;
}

export function playTile(dataflow: Dataflow, problem: LayerProblem, machine: Machine, shape: TileShape): PlayedTile {
  const positions = (...classes: LoopClass[]) => positionsOf(dataflow, problem, machine, shape, classes);
  const elements = (...classes: LoopClass[]) =>
    loopDimensions
      .filter((dimension) => classes.includes(loopClassOf(dimension)))
      .reduce((product, dimension) => product * shape[dimension], 1);
  const { stream } = dataflow;
  const inSpaceAndTurn = (['groups', 'pixels', 'outputChannels', 'reduction'] as const).filter(
    (kind) => kind !== stream,
  );
  const folds = positions(...inSpaceAndTurn);
  let foldCycles = positions(stream) * problem.passes;
  for (const [side, axis] of axesOf(dataflow)) if (axis.systolic) foldCycles += machine[side] - 1;
  if (dataflow.stationary !== 'outputs') {
    if (machine.preload === 'exposed') foldCycles += machine.rows;
    // The next one's operand comes in meanwhile.
    else foldCycles = Math.max(foldCycles, machine.rows);
  }
  return {
    cycles: folds * foldCycles,
    // Inputs that stay are read once; others whenever the array turns to other output channels of their group.
    inputReads:
      elements('pixels', 'reduction') *
      (dataflow.stationary === 'inputs' ? shape.groups : groupVisits(dataflow, machine, shape)),
    secondReads:
      elements('groups', 'outputChannels', 'reduction') * (dataflow.stationary === 'weights' ? 1 : positions('pixels')),
    sumWrites: dataflow.stationary === 'outputs' ? 1 : positions('reduction'),
  };
}

/** Positions of some classes of loops together: of each side that has any of them, and of those that run in time. */
function positionsOf(
  dataflow: Dataflow,
  { lanes }: LayerProblem,
  machine: Machine,
  shape: TileShape,
  classes: readonly LoopClass[],
): number {
  const left = new Set(loopDimensions.filter((dimension) => classes.includes(loopClassOf(dimension))));
  let positions = 1;
  for (const [side, { unroll }] of axesOf(dataflow)) {
    const lying = unroll.filter((dimension) => left.has(dimension));
    if (lying.length === 0) continue;
    const size = machine[side] * (lying.includes('inputChannels') ? lanes : 1);
    positions *= fillings(lying, shape, size);
    for (const dimension of lying) left.delete(dimension);
  }
  const reduction = [...left].filter((dimension) => loopClassOf(dimension) === 'reduction');
  const others = [...left].filter((dimension) => loopClassOf(dimension) !== 'reduction');
  // Input channels in time bring their lanes with them.
  return positions * fillings(others, shape, 1) * fillings(reduction, shape, left.has('inputChannels') ? lanes : 1);
}

/** Runs through loops, flattened, and counts how often a side of `size` is full and has to be emptied. */
function fillings(dimensions: readonly LoopDimension[], shape: TileShape, size: number): number {
  let count = 0;
  let room = 0;
  const run = (depth: number): void => {
    const dimension = dimensions[depth];
    if (dimension === undefined) {
      if (room === 0) {
        count += 1;
        room = size;
      }
      room -= 1;
      return;
    }
    for (let index = 0; index < shape[dimension]; index += 1) run(depth + 1);
  };
  run(0);
  return count;
}

/**
 * How often the array turns to output channels of a group, over all groups. Where both lie on one side, group after
 * group, a filling of it may hold channels of several groups, or some of one group's.
 */
function groupVisits(dataflow: Dataflow, machine: Machine, shape: TileShape): number {
  for (const [side, { unroll }] of axesOf(dataflow)) {
    if (!unroll.includes('outputChannels')) continue;
    const size = machine[side];
    let visits = 0;
    let room = 0;
    for (let group = 0; group < shape.groups; group += 1) {
      if (!unroll.includes('groups')) room = 0;
      let fresh = true;
      for (let channel = 0; channel < shape.outputChannels; channel += 1) {
        if (room === 0) {
          fresh = true;
          room = size;
        }
        if (fresh) visits += 1;
        fresh = false;
        room -= 1;
      }
    }
    return visits;
  }
  return shape.groups * shape.outputChannels;
}
