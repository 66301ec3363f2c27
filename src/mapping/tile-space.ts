import { dataflowOf, type Dataflow, type DataflowName } from '../arch/dataflow/index.js';
import type { Machine } from '../arch/machine.js';
import { coreSplits, type CoreSplit } from './core-split.js';
import { foldTables, type FoldTables } from './folds.js';
import { pixelTiles, type PixelTile } from './pixel-tiles.js';
import type { LayerProblem } from './problem.js';
import { channelTiles, evenTiles, reductionTiles, tileCounts, type LoopTile } from './tile-sizes.js';

/** The tile sizes to combine, for one core split and dataflow. The first of each list leaves the loop uncut. */
export interface TileSpace {
  readonly split: CoreSplit;
  /** Null on the vector unit. */
  readonly flow: DataflowName | null;
  readonly dataflow: Dataflow | null;
  readonly pixels: readonly PixelTile[];
  readonly groups: readonly LoopTile[];
  readonly channels: readonly LoopTile[];
  readonly reductions: readonly LoopTile[];
  readonly folds: FoldTables | null;
  /** A stationary operand is shifted in before each fold. */
  readonly preloads: boolean;
  /** Of the busiest core. */
  readonly groupsPerCore: number;
  readonly outputsPerCore: number;
}

/** Every core split with every dataflow the array runs. */
export function tileSpaces(problem: LayerProblem, machine: Machine): TileSpace[] {
  const { nest } = problem;
  const flows: readonly (DataflowName | null)[] = problem.engine === 'array' ? machine.dataflows : [null];
  return coreSplits(nest, machine.cores).flatMap((split) => {
    const groupsPerCore = Math.ceil(nest.groups / split.groups);
    const channelShare = Math.ceil(nest.outputChannels / split.outputChannels);
    const pixelShare =
      Math.ceil(nest.batch / split.batch) * Math.ceil(nest.outputRows / split.outputRows) * nest.outputColumns;
    const pixels = pixelTiles(nest, split);
    const groups = loopTiles(evenTiles(groupsPerCore), groupsPerCore);
    const channels = loopTiles(channelTiles(channelShare, machine.columns), channelShare);
    const reductions = loopTiles(reductionTiles(nest.inputChannels, machine.rows), nest.inputChannels);
    const outputsPerCore = groupsPerCore * channelShare * pixelShare;
    return flows.map((flow): TileSpace => {
      const dataflow = flow === null ? null : dataflowOf(flow);
      const folds = dataflow === null ? null : foldTables(dataflow, problem, machine, { pixels, channels, reductions });
      const preloads = dataflow?.preloads ?? false;
      return {
        split,
        flow,
        dataflow,
        pixels,
        groups,
        channels,
        reductions,
        folds,
        preloads,
        groupsPerCore,
        outputsPerCore,
      };
    });
  });
}

function loopTiles(sizes: readonly number[], length: number): LoopTile[] {
  return sizes.map((size) => ({ size, ...tileCounts(length, size) }));
}
