import type { DataflowSpec } from '../../arch/dataflow/index.js';
import type { Machine } from '../../arch/machine.js';
import { INPUT, OUTPUT, SECOND } from '../../mapping/candidate.js';
import { loopOrders } from '../../mapping/loop-order.js';
import type { LayerProblem, Mapping } from '../../mapping/index.js';

/** What the engine has to know of a layer: its loops, the bits that move, and what a processing element does per cycle. */
export type PlayedLayer = Pick<
  LayerProblem,
  | 'nest'
  | 'engine'
  | 'inputBits'
  | 'secondBits'
  | 'outputBits'
  | 'accumulatorBits'
  | 'lanes'
  | 'passes'
  | 'vectorOperationsPerOutput'
  | 'prefetchBytes'
>;

/** Loops over tiles, in the order in which `mapping/` numbers them. */
const TILE_LOOPS = ['pixels', 'outputChannels', 'reduction'] as const;

export type TileLoop = (typeof TILE_LOOPS)[number];

/** A mapping as the engine plays it. */
export interface TilePlan {
  /** Null on the vector unit. */
  readonly dataflow: Pick<DataflowSpec, 'stationary' | 'axes'> | null;
  /** Parts into which each loop is cut, one a core. */
  readonly split: Mapping['split'];
  /** What one core computes in a step, where that much is left. */
  readonly tile: {
    readonly batch: number;
    readonly groups: number;
    readonly outputRows: number;
    readonly outputColumns: number;
    readonly outputChannels: number;
    readonly inputChannels: number;
  };
  /** Loops over tiles inside the one over groups, outermost first. */
  readonly order: readonly [TileLoop, TileLoop, TileLoop];
  /** Operands with two buffers: one is filled, or emptied, while the array works on the other. */
  readonly doubleBuffered: { readonly inputs: boolean; readonly second: boolean; readonly outputs: boolean };
}

export function tilePlanOf(mapping: Mapping, machine: Machine): TilePlan {
  const { split, pixelTile, doubled } = mapping;
  const [outer, middle, inner] = loopOrders[mapping.order]!;
  return {
    dataflow: machine.dataflows.find(({ name }) => name === mapping.dataflow) ?? null,
    split,
    tile: {
      batch: pixelTile.batch,
      groups: mapping.groupTile,
      outputRows: pixelTile.rows,
      outputColumns: pixelTile.columns,
      outputChannels: mapping.channelTile,
      inputChannels: mapping.reductionTile,
    },
    order: [TILE_LOOPS[outer], TILE_LOOPS[middle], TILE_LOOPS[inner]],
    doubleBuffered: {
      inputs: (doubled & INPUT) !== 0,
      second: (doubled & SECOND) !== 0,
      outputs: (doubled & OUTPUT) !== 0,
    },
  };
}
