import {
  arraySides,
  type DataflowSpec,
  loopClassOf,
  type LoopDimension,
  loopDimensions,
  type SpatialAxis,
} from '../../arch/dataflow/index.js';
import type { Machine } from '../../arch/machine.js';
import type { PlayedLayer, TilePlan } from './tile-plan.js';

/** Lengths of a tile's loops. */
export type TileLengths = Readonly<Record<LoopDimension, number>>;

/** How long one core computes each of its tiles, which have to be asked for in the order in which they run. */
export class TileCompute {
  private readonly layer: PlayedLayer;
  private readonly dataflow: TilePlan['dataflow'];
  private readonly machine: Machine;
  /** Of the fold that ran last, behind which the next preload hides; 0: there was none. */
  private lastFoldCycles = 0;

  constructor(layer: PlayedLayer, { dataflow }: TilePlan, machine: Machine) {
    this.layer = layer;
    this.dataflow = dataflow;
    this.machine = machine;
  }

  cyclesOf(tile: TileLengths): number {
    return this.dataflow === null ? this.vectorCycles(tile) : this.arrayCycles(this.dataflow, tile);
  }

  /** One operation per lane and cycle; only the least tile is rounded up. */
  private vectorCycles({ batch, groups, outputChannels, outputRows, outputColumns }: TileLengths): number {
    const outputs = batch * groups * outputChannels * outputRows * outputColumns;
    return Math.max(1, (outputs * this.layer.vectorOperationsPerOutput) / this.machine.vectorLanesPerCore);
  }

  private arrayCycles(dataflow: NonNullable<TilePlan['dataflow']>, tile: TileLengths): number {
    const { folds, cycles } = foldsOf(dataflow, tile, this.layer, this.machine);
    if (dataflow.stationary === 'outputs') return folds * cycles;
    const { rows, preload } = this.machine;
    if (preload === 'exposed') return folds * (rows + cycles);
    // While a fold runs the stationary operand of the next is shifted in, a row a cycle; the first is waited for.
    const firstWait = Math.max(0, rows - this.lastFoldCycles);
    const otherWaits = (folds - 1) * Math.max(0, rows - cycles);
    this.lastFoldCycles = cycles;
    return firstWait + otherWaits + folds * cycles;
  }
}

const UNUSED: SpatialAxis = { unroll: [], systolic: false };

/** The loops that leave the stationary operand as it is, so that a fold can run through them. */
const STREAMED = { weights: 'pixels', inputs: 'outputChannels', outputs: 'reduction' } as const;

/**
 * Lays a tile on the array: an axis takes as many positions of its loops at a time as it is long, other loops run in
 * time. A fold runs through the streamed loops, `passes` cycles a position; operands and sums hop in and out of it.
 */
function foldsOf(
  { stationary, axes }: Pick<DataflowSpec, 'stationary' | 'axes'>,
  tile: TileLengths,
  { lanes, passes }: PlayedLayer,
  machine: Machine,
): { readonly folds: number; readonly cycles: number } {
  let folds = 1;
  let stream = 1;
  let hops = 0;
  const run = (loop: LoopDimension, turns: number): void => {
    if (loopClassOf(loop) === STREAMED[stationary]) stream *= turns;
    else folds *= turns;
  };
  const inTime = new Set(loopDimensions);
  for (const side of arraySides) {
    const { unroll, systolic } = axes[side] ?? UNUSED;
    const size = machine[side];
    // Lanes take several input channels side by side inside an element.
    const places = unroll.includes('inputChannels') ? size * lanes : size;
    if (unroll[0] !== undefined) run(unroll[0], Math.ceil(positions(unroll, tile) / places));
    if (systolic) hops += size - 1;
    for (const loop of unroll) inTime.delete(loop);
  }
  const summed = [...inTime].filter((loop) => loopClassOf(loop) === 'reduction');
  run('inputChannels', Math.ceil(positions(summed, tile) / (inTime.has('inputChannels') ? lanes : 1)));
  for (const loop of inTime) if (!summed.includes(loop)) run(loop, tile[loop]);
  return { folds, cycles: stream * passes + hops };
}

function positions(loops: readonly LoopDimension[], tile: TileLengths): number {
  return loops.reduce((product, loop) => product * tile[loop], 1);
}
