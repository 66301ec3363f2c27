import { axesOf, type Dataflow, type LoopDimension } from '../arch/dataflow/index.js';
import type { Machine } from '../arch/machine.js';
import { coreSplits, type CoreSplit } from './core-split.js';
import { FoldCounter, type FoldTables } from './folds.js';
import { pixelTiles, type PixelTile } from './pixel-tiles.js';
import type { LayerProblem } from './problem.js';
import { classesOfLoop, classesOfPixels, type TileClasses } from './tile-classes.js';
import { channelTiles, evenTiles, reductionTiles, tileCounts, type LoopTile } from './tile-sizes.js';

/** The tile sizes to combine, for one core split and dataflow. The first of each list leaves the loop uncut. */
export interface TileSpace {
  readonly split: CoreSplit;
  /** Null on the vector unit. */
  readonly dataflow: Dataflow | null;
  readonly pixels: readonly PixelTile[];
  readonly groups: readonly LoopTile[];
  readonly channels: readonly LoopTile[];
  readonly reductions: readonly LoopTile[];
  readonly folds: FoldTables | null;
  /** Full and rest tiles of each list. */
  readonly classes: {
    readonly pixels: readonly TileClasses[];
    readonly groups: readonly TileClasses[];
    readonly channels: readonly TileClasses[];
    readonly reductions: readonly TileClasses[];
  };
  /** A stationary operand is shifted in before each fold. */
  readonly preloads: boolean;
  /** See `Candidate.hops`. */
  readonly hops: number;
  /** Of the busiest core. */
  readonly groupsPerCore: number;
  readonly pixelsPerCore: number;
  readonly channelsPerCore: number;
  readonly outputsPerCore: number;
}

/** Every core split with every dataflow the array runs. */
export function tileSpaces(problem: LayerProblem, machine: Machine): TileSpace[] {
  const { nest } = problem;
  const flows: readonly (Dataflow | null)[] = problem.engine === 'array' ? machine.dataflows : [null];
  const lists = flows.map((dataflow) => ({
    dataflow,
    counter: dataflow === null ? null : new FoldCounter(dataflow, problem, machine),
    hops: dataflow === null ? 0 : hopsOf(dataflow, machine),
    channels: remembered((channelsPerCore: number) =>
      loopTiles(
        channelTiles(channelsPerCore, unitOf('outputChannels', dataflow, machine) ?? machine.columns),
        channelsPerCore,
      ),
    ),
    reductions: loopTiles(
      reductionTiles(nest.inputChannels, unitOf('inputChannels', dataflow, machine) ?? machine.rows),
      nest.inputChannels,
    ),
  }));
  const groupLists = remembered((groupsPerCore: number) => loopTiles(evenTiles(groupsPerCore), groupsPerCore));
  const pixelLists = new Map<string, PixelTile[]>();
  const known = new Map<readonly (LoopTile | PixelTile)[], readonly TileClasses[]>();
  const classes = <Tile extends LoopTile | PixelTile>(tiles: readonly Tile[], of: (tile: Tile) => TileClasses) => {
    let list = known.get(tiles);
    if (list === undefined) known.set(tiles, (list = tiles.map(of)));
    return list;
  };
  return coreSplits(nest, machine.cores).flatMap((split) => {
    const groupsPerCore = Math.ceil(nest.groups / split.groups);
    const channelsPerCore = Math.ceil(nest.outputChannels / split.outputChannels);
    const pixelsPerCore =
      Math.ceil(nest.batch / split.batch) * Math.ceil(nest.outputRows / split.outputRows) * nest.outputColumns;
    const key = `${split.batch} ${split.outputRows}`;
    let pixels = pixelLists.get(key);
    if (pixels === undefined) pixelLists.set(key, (pixels = pixelTiles(nest, split)));
    const shared = { pixels, groups: groupLists(groupsPerCore) };
    return lists.map(({ dataflow, counter, hops, channels, reductions }): TileSpace => {
      const tiles = { ...shared, channels: channels(channelsPerCore), reductions };
      return {
        split,
        dataflow,
        ...tiles,
        folds: counter === null ? null : counter.tables(tiles),
        classes: {
          pixels: classes(tiles.pixels, classesOfPixels),
          groups: classes(tiles.groups, classesOfLoop),
          channels: classes(tiles.channels, classesOfLoop),
          reductions: classes(tiles.reductions, classesOfLoop),
        },
        preloads: dataflow?.preloads ?? false,
        hops,
        groupsPerCore,
        pixelsPerCore,
        channelsPerCore,
        outputsPerCore: groupsPerCore * channelsPerCore * pixelsPerCore,
      };
    });
  });
}

/** Lists are told apart by identity further on, so equal lengths have to give the same list. */
function remembered<List>(make: (length: number) => List): (length: number) => List {
  const known = new Map<number, List>();
  return (length) => {
    let list = known.get(length);
    if (list === undefined) known.set(length, (list = make(length)));
    return list;
  };
}

/** Size of the side that a loop lies on; undefined where it runs in time. */
function unitOf(dimension: LoopDimension, dataflow: Dataflow | null, machine: Machine): number | undefined {
  for (const [side, axis] of dataflow === null ? [] : axesOf(dataflow)) {
    if (axis.unroll.includes(dimension)) return machine[side];
  }
  return undefined;
}

function hopsOf(dataflow: Dataflow, machine: Machine): number {
  return axesOf(dataflow)
    .filter(([, { systolic }]) => systolic)
    .reduce((sum, [side]) => sum + machine[side] - 1, 0);
}

function loopTiles(sizes: readonly number[], length: number): LoopTile[] {
  return sizes.map((size) => ({ size, ...tileCounts(length, size) }));
}
