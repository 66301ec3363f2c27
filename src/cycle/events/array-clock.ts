import { loopClassOf, type DataflowSpec, type LoopDimension } from '../../arch/dataflow/index.js';
import type { Machine } from '../../arch/machine.js';
import type { PlayedLayer, TilePlan } from './tile-plan.js';

/** Lengths of a tile's loops. */
export type TileLengths = Readonly<Record<LoopDimension, number>>;

/** How long one core computes each of its tiles, which have to be asked for in the order in which they run. */
export class ArrayClock {
  private readonly layer: PlayedLayer;
  private readonly dataflow: TilePlan['dataflow'];
  private readonly machine: Machine;
  /** Of the fold that ran last: a preload hides behind it. */
  private foldCyclesBefore = 0;

  constructor(layer: PlayedLayer, { dataflow }: TilePlan, machine: Machine) {
    this.layer = layer;
    this.dataflow = dataflow;
    this.machine = machine;
  }

  cyclesOf(tile: TileLengths): number {
    return this.dataflow === null ? this.vectorCycles(tile) : this.arrayCycles(this.dataflow, tile);
  }

  /** Lanes that are left over are not filled from the next tile, but no fraction of a cycle is lost either. */
  private vectorCycles({ batch, groups, outputChannels, outputRows, outputColumns }: TileLengths): number {
    const outputs = batch * groups * outputChannels * outputRows * outputColumns;
    return Math.max(1, (outputs * this.layer.vectorOperationsPerOutput) / this.machine.vectorLanesPerCore);
  }

  private arrayCycles(dataflow: NonNullable<TilePlan['dataflow']>, tile: TileLengths): number {
    const { folds, cycles } = foldsOf(dataflow, this.layer, this.machine, tile);
    if (dataflow.stationary === 'outputs') return folds * cycles;
    const { rows, preload } = this.machine;
    if (preload === 'exposed') return folds * (rows + cycles);
    // The stationary operand of a fold is shifted in while the fold before runs; the first has none before it.
    const firstWait = Math.max(0, rows - this.foldCyclesBefore);
    const otherWaits = (folds - 1) * Math.max(0, rows - cycles);
    this.foldCyclesBefore = cycles;
    return folds * cycles + firstWait + otherWaits;
  }
}

/** The class of loops that leaves the stationary operand alone. */
const STREAMED = { weights: 'pixels', inputs: 'outputChannels', outputs: 'reduction' } as const;

/**
 * Lays a tile on the array: each axis takes as many turns of its loops at a time as it is long, other loops run in time.
 * A fold runs through the loops that the stationary operand does not depend on, and lets operands and sums hop in and out.
 */
function foldsOf(
  dataflow: Pick<DataflowSpec, 'stationary' | 'axes'>,
  layer: PlayedLayer,
  machine: Machine,
  tile: TileLengths,
): { folds: number; cycles: number } {
  let folds = 1;
  let stream = 1;
  let hops = 0;
  const take = (loop: LoopDimension, turns: number): void => {
    if (loopClassOf(loop) === STREAMED[dataflow.stationary]) stream *= turns;
    else folds *= turns;
  };
  const laid = new Set<LoopDimension>();
  for (const [side, { unroll, systolic }] of Object.entries(dataflow.axes)) {
    const size = machine[side as 'rows' | 'columns' | 'depth'];
    // Lanes sum side by side inside an element, over input channels.
    const places = unroll.includes('inputChannels') ? size * layer.lanes : size;
    take(unroll[0]!, Math.ceil(product(unroll, tile) / places));
    if (systolic) hops += size - 1;
    for (const loop of unroll) laid.add(loop);
  }
  const inTime = (Object.keys(tile) as LoopDimension[]).filter((loop) => !laid.has(loop));
  const summed = inTime.filter((loop) => loopClassOf(loop) === 'reduction');
  const lanes = summed.includes('inputChannels') ? layer.lanes : 1;
  take('inputChannels', Math.ceil(product(summed, tile) / lanes));
  for (const loop of inTime) if (!summed.includes(loop)) take(loop, tile[loop]);
  return { folds, cycles: stream * layer.passes + hops };
}

function product(loops: readonly LoopDimension[], tile: TileLengths): number {
  return loops.reduce((total, loop) => total * tile[loop], 1);
}
