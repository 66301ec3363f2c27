import type { DataflowSpec } from '../../arch/dataflow/index.js';
import type { LayerProblem } from '../../mapping/problem.js';

/** What the engine has to know of a layer: its loops, what moves, and what a processing element does per cycle. */
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

export type TileLoop = 'pixels' | 'outputChannels' | 'reduction';

/** A mapping as the engine plays it. */
export interface TilePlan {
  /** Null on the vector unit. */
  readonly dataflow: Pick<DataflowSpec, 'stationary' | 'axes'> | null;
  /** Parts that each loop is cut into, one a core. */
  readonly split: {
    readonly batch: number;
    readonly groups: number;
    readonly outputRows: number;
    readonly outputChannels: number;
  };
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
  /** Operands with a second buffer: the next tile is fetched (or the last one leaves) while one is computed. */
  readonly doubleBuffered: { readonly inputs: boolean; readonly second: boolean; readonly outputs: boolean };
}
