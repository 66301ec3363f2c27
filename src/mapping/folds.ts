import type { Dataflow, LoopDimension } from '../arch/dataflow/index.js';
import type { Machine } from '../arch/machine.js';
import type { Candidate } from './candidate.js';
import type { LayerProblem } from './problem.js';
import type { PixelTile } from './pixel-tiles.js';
import type { LoopTile } from './tile-sizes.js';

/** Lengths of the loops of one class within a tile. */
type Lengths = Partial<Record<LoopDimension, number>>;

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
  readonly channels: ClassFolds;
  /** Groups take their turns: over all tiles, by group tile. Where they share an axis with output channels: 1. */
  readonly groups: Float64Array;
  /** Where groups and output channels share an axis, positions of both over all tiles: by group tile, channel tile. */
  readonly mixed: Float64Array | null;
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
  private readonly kernel: { readonly kernelRows: number; readonly kernelColumns: number };
  private readonly positions: ReturnType<typeof positionCounter>;
  private readonly known = new Map<readonly unknown[], ClassFolds>();

  constructor(dataflow: Dataflow, problem: LayerProblem, machine: Machine) {
    const { kernelRows, kernelColumns } = problem.nest;
    this.dataflow = dataflow;
    this.kernel = { kernelRows, kernelColumns };
    this.positions = positionCounter(dataflow, machine, problem.lanes);
  }

  tables(lists: TileLists): FoldTables {
    const { positions, dataflow, kernel } = this;
    const pixels = this.once(lists.pixels, (tile) =>
      twoSizes(
        positions(PIXELS, { batch: tile.batch, outputRows: tile.rows, outputColumns: tile.columns }),
        tile.fullCount,
        positions(PIXELS, { batch: tile.restBatch, outputRows: tile.restRows, outputColumns: tile.restColumns }),
        tile.restCount,
      ),
    );
    const reductions = this.once(lists.reductions, (tile) =>
      loopTile(tile, (inputChannels) => positions(REDUCTION, { inputChannels, ...kernel })),
    );
    const channels = this.once(lists.channels, (tile) =>
      loopTile(tile, (outputChannels) => positions(CHANNELS, { outputChannels })),
    );
    const groups = this.once(lists.groups, (tile) =>
      dataflow.mixesGroups ? ONCE : loopTile(tile, (count) => positions(GROUPS, { groups: count })),
    );
    return { dataflow, pixels, reductions, channels, groups: groups.all, mixed: this.mixed(lists) };
  }

  private mixed({ groups, channels }: TileLists): Float64Array | null {
    if (!this.dataflow.mixesGroups) return null;
    const { positions } = this;
    const both = groups.flatMap((group) =>
      channels.map(
        (channel) =>
          loopTile(
            group,
            (count) => loopTile(channel, (outputChannels) => positions(BOTH, { groups: count, outputChannels })).all,
          ).all,
      ),
    );
    return Float64Array.from(both);
  }

  private once<Tile>(tiles: readonly Tile[], sizes: (tile: Tile) => TwoSizes): ClassFolds {
    let folds = this.known.get(tiles);
    if (folds === undefined) this.known.set(tiles, (folds = table(tiles.map(sizes))));
    return folds;
  }
}

const PIXELS = ['batch', 'outputRows', 'outputColumns'] as const;
const REDUCTION = ['inputChannels', 'kernelRows', 'kernelColumns'] as const;
const CHANNELS = ['outputChannels'] as const;
const GROUPS = ['groups'] as const;
const BOTH = ['groups', 'outputChannels'] as const;

/**
 * Counts the positions of loops of given lengths. Lanes make an element take several products of the reduction at a
 * time: they lengthen the axis on which input channels lie, or where these run in time they shorten that.
 */
function positionCounter(dataflow: Dataflow, machine: Machine, lanes: number) {
  const axes = Object.entries(dataflow.axes).map(([side, { unroll }]) => ({
    unroll,
    size: machine[side as keyof Dataflow['axes']] * (unroll.includes('inputChannels') ? lanes : 1),
  }));
  const inSpace = new Set(axes.flatMap(({ unroll }) => unroll));
  return (dimensions: readonly LoopDimension[], lengths: Lengths): number => {
    const product = (some: readonly LoopDimension[]): number =>
      some.reduce((total, dimension) => total * (lengths[dimension] ?? 1), 1);
    const inTime = product(dimensions.filter((dimension) => !inSpace.has(dimension)));
    const packed = dimensions.includes('inputChannels') && !inSpace.has('inputChannels') ? lanes : 1;
    return axes
      .filter(({ unroll }) => unroll.every((dimension) => dimensions.includes(dimension)))
      .reduce((total, { unroll, size }) => total * Math.ceil(product(unroll) / size), Math.ceil(inTime / packed));
  };
}

interface TwoSizes {
  readonly all: number;
  readonly full: number;
  readonly fullCount: number;
  readonly rest: number;
  readonly restCount: number;
}

const ONCE: TwoSizes = { all: 1, full: 1, fullCount: 1, rest: 0, restCount: 0 };

function twoSizes(full: number, fullCount: number, rest: number, restCount: number): TwoSizes {
  return { all: full * fullCount + (restCount > 0 ? rest * restCount : 0), full, fullCount, rest, restCount };
}

function loopTile(tile: LoopTile, positions: (length: number) => number): TwoSizes {
  const restCount = tile.rest > 0 ? 1 : 0;
  return twoSizes(positions(tile.size), tile.full, restCount > 0 ? positions(tile.rest) : 0, restCount);
}

function table(rows: readonly TwoSizes[]): ClassFolds {
  return {
    all: Float64Array.from(rows, ({ all }) => all),
    full: Float64Array.from(rows, ({ full }) => full),
    fullCount: Float64Array.from(rows, ({ fullCount }) => fullCount),
    rest: Float64Array.from(rows, ({ rest }) => rest),
    restCount: Float64Array.from(rows, ({ restCount }) => restCount),
  };
}

/** Writes a combination's folds and stream into the candidate: places of its tiles in the lists of the space. */
export function setFolds(candidate: Candidate, tables: FoldTables, g: number, m: number, c: number, k: number): void {
  const pixels = tables.pixels.all[m]!;
  const reductions = tables.reductions.all[c]!;
  const channels = tables.channels.all[k]!;
  candidate.pixelFolds = pixels;
  candidate.reductionFolds = reductions;
  candidate.channelFolds = channels;
  candidate.groupFolds = tables.groups[g]!;
  candidate.stream = tables.dataflow.stream;
  switch (candidate.stream) {
    case 'pixels':
      candidate.folds =
        (tables.mixed === null ? channels : tables.mixed[g * tables.channels.all.length + k]!) * reductions;
      setStream(candidate, tables.pixels, m);
      break;
    case 'outputChannels':
      candidate.folds = pixels * reductions;
      setStream(candidate, tables.channels, k);
      break;
    case 'reduction':
      candidate.folds = pixels * (tables.mixed === null ? channels : tables.mixed[g * tables.channels.all.length + k]!);
      setStream(candidate, tables.reductions, c);
  }
}

function setStream(candidate: Candidate, stream: ClassFolds, at: number): void {
  candidate.streamSteps = stream.full[at]!;
  candidate.streamTrips = stream.fullCount[at]!;
  candidate.restSteps = stream.rest[at]!;
  candidate.restTrips = stream.restCount[at]!;
}
