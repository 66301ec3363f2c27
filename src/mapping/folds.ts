import { axesOf, type Dataflow, type LoopDimension } from '../arch/dataflow/index.js';
import type { Machine } from '../arch/machine.js';
import { greatestCommonDivisor } from '../workload/touched.js';
import type { LayerProblem } from './problem.js';
import type { PixelTile } from './pixel-tiles.js';
import type { LoopTile } from './tile-sizes.js';

/** What a class of loops comes to, tile size by tile size. */
export interface ClassFolds {
  /** Over all tiles: positions that the array takes one after the other. */
  readonly all: Float64Array;
  /** Of a full tile and of the rest tile, and how many there are of each. */
  readonly full: Float64Array;
  readonly fullCount: Float64Array;
  readonly rest: Float64Array;
  readonly restCount: Float64Array;
}

/**
 * How often the array has to be filled to get through each class of loops: loops that an axis unrolls come to
 * ceil(product / size) positions, all others to one position each. The classes are independent, so those of a
 * combination multiply. Worked out once for each tile size.
 */
export interface FoldTables {
  readonly dataflow: Dataflow;
  readonly pixels: ClassFolds;
  readonly reductions: ClassFolds;
  /** Where they share an axis with groups: as if they had it for themselves, group after group. */
  readonly channels: ClassFolds;
  /** Groups take their turns, unless they share an axis with output channels. */
  readonly groups: ClassFolds;
  /** Null unless groups and output channels share an axis. */
  readonly mixed: MixedFolds | null;
}

/** Of an axis on which groups and output channels lie, group after group; by group tile, then channel tile. */
interface MixedFolds {
  /** Positions of both over all tiles. */
  readonly positions: Float64Array;
  /** The groups that lie at each position, counted over all positions. */
  readonly groupsAt: Float64Array;
  /** Positions of one tile: four in a row, of full and rest tiles of groups, and within each of channels. */
  readonly ofTiles: Float64Array;
}

/** Lists of tiles to combine, the first of each uncut. */
export interface TileLists {
  readonly pixels: readonly PixelTile[];
  readonly groups: readonly LoopTile[];
  readonly channels: readonly LoopTile[];
  readonly reductions: readonly LoopTile[];
}

/** Makes fold tables for one layer and dataflow. Core splits share many of their lists; each is worked out once. */
export class FoldCounter {
  private readonly dataflow: Dataflow;
  private readonly pixels: Positions;
  private readonly reduction: Positions;
  private readonly channels: Positions;
  private readonly groups: Positions;
  private readonly both: Positions;
  /** Of the side that groups lie on. */
  private readonly mixedSize: number;
  private readonly kernelRows: number;
  private readonly kernelColumns: number;
  private readonly known = new Map<readonly unknown[], ClassFolds>();

  constructor(dataflow: Dataflow, problem: LayerProblem, machine: Machine) {
    const counter = (dimensions: readonly LoopDimension[]): Positions =>
      positionCounter(dataflow, machine, problem.lanes, dimensions);
    this.dataflow = dataflow;
    this.pixels = counter(['batch', 'outputRows', 'outputColumns']);
    this.reduction = counter(['inputChannels', 'kernelRows', 'kernelColumns']);
    this.channels = counter(['outputChannels']);
    this.groups = counter(['groups']);
    this.both = counter(['groups', 'outputChannels']);
    const ofGroups = axesOf(dataflow).find(([, { unroll }]) => unroll.includes('groups'));
    this.mixedSize = ofGroups === undefined ? 1 : machine[ofGroups[0]];
    this.kernelRows = problem.nest.kernelRows;
    this.kernelColumns = problem.nest.kernelColumns;
  }

  tables(lists: TileLists): FoldTables {
    const { dataflow } = this;
    const pixels = this.once(lists.pixels, (tile, folds, at) => {
      folds.full[at] = this.pixels(tile.batch, tile.rows, tile.columns);
      folds.fullCount[at] = tile.fullCount;
      folds.rest[at] = this.pixels(tile.restBatch, tile.restRows, tile.restColumns);
      folds.restCount[at] = tile.restCount;
    });
    const reductions = this.loop(lists.reductions, (size) => this.reduction(size, this.kernelRows, this.kernelColumns));
    const channels = this.loop(lists.channels, (size) =>
      dataflow.mixesGroups ? Math.ceil(size / this.mixedSize) : this.channels(size, 1, 1),
    );
    const groups = this.loop(lists.groups, (size) => this.groups(size, 1, 1));
    return { dataflow, pixels, reductions, channels, groups, mixed: dataflow.mixesGroups ? this.mixed(lists) : null };
  }

  private mixed({ groups, channels }: TileLists): MixedFolds {
    const sumOf = (tile: LoopTile, count: (size: number) => number): number =>
      tile.full * count(tile.size) + (tile.rest > 0 ? count(tile.rest) : 0);
    const overTiles = (count: (groups: number, outputChannels: number) => number): Float64Array =>
      Float64Array.from(
        groups.flatMap((group) =>
          channels.map((channel) => sumOf(group, (some) => sumOf(channel, (size) => count(some, size)))),
        ),
      );
    return {
      positions: overTiles((some, size) => this.both(some, size, 1)),
      groupsAt: overTiles((some, size) => groupsAtPositions(some, size, this.mixedSize)),
      ofTiles: Float64Array.from(
        groups.flatMap((group) =>
          channels.flatMap((channel) =>
            [group.size, group.rest].flatMap((some) =>
              [channel.size, channel.rest].map((size) => this.both(some, size, 1)),
            ),
          ),
        ),
      ),
    };
  }

  private loop(tiles: readonly LoopTile[], positions: (size: number) => number): ClassFolds {
    return this.once(tiles, (tile, folds, at) => {
      folds.full[at] = positions(tile.size);
      folds.fullCount[at] = tile.full;
      folds.rest[at] = tile.rest > 0 ? positions(tile.rest) : 0;
      folds.restCount[at] = tile.rest > 0 ? 1 : 0;
    });
  }

  private once<Tile>(tiles: readonly Tile[], fill: (tile: Tile, folds: ClassFolds, at: number) => void): ClassFolds {
    let folds = this.known.get(tiles);
    if (folds !== undefined) return folds;
    const row = () => new Float64Array(tiles.length);
    folds = { all: row(), full: row(), fullCount: row(), rest: row(), restCount: row() };
    for (let at = 0; at < tiles.length; at++) {
      fill(tiles[at]!, folds, at);
      folds.all[at] = folds.full[at]! * folds.fullCount[at]! + folds.rest[at]! * folds.restCount[at]!;
    }
    this.known.set(tiles, folds);
    return folds;
  }
}

/** Positions of up to three loops of given lengths; 1 for a loop there is not. */
type Positions = (first: number, second: number, third: number) => number;

/**
 * Counts the positions of loops of given lengths. Lanes make an element take several products of the reduction at a
 * time: they lengthen the axis on which input channels lie, or where these run in time they shorten that.
 */
function positionCounter(dataflow: Dataflow, machine: Machine, lanes: number, dimensions: readonly LoopDimension[]) {
  const axes = axesOf(dataflow).filter(([, { unroll }]) => unroll.every((one) => dimensions.includes(one)));
  // By place in `dimensions`: the axis on which a loop lies, -1 for time.
  const placeOf = dimensions.map((dimension) => axes.findIndex(([, { unroll }]) => unroll.includes(dimension)));
  const packsTime = dimensions.includes('inputChannels') && placeOf[dimensions.indexOf('inputChannels')]! < 0;
  const sizes = [packsTime ? lanes : 1];
  for (const [side, { unroll }] of axes) {
    sizes.push(machine[side] * (unroll.includes('inputChannels') ? lanes : 1));
  }
  return (first: number, second: number, third: number): number => {
    let count = 1;
    for (let axis = 0; axis < sizes.length; axis++) {
      let length = placeOf[0] === axis - 1 ? first : 1;
      if (placeOf[1] === axis - 1) length *= second;
      if (placeOf[2] === axis - 1) length *= third;
      count *= Math.ceil(length / sizes[axis]!);
    }
    return count;
  };
}

/**
 * Groups of `channels` output channels each, laid one after the other along a side of `size`: at each position lie some
 * of them. A group begins where one ends, so there are as many pairs as stretches between the borders of both.
 */
function groupsAtPositions(groups: number, channels: number, size: number): number {
  const borders = Math.ceil((groups * channels) / size) - 1;
  // Where a border of a position is one of a group as well, it parts nothing further.
  const common = Math.floor(((groups - 1) * greatestCommonDivisor(channels, size)) / size);
  return groups + borders - common;
}
