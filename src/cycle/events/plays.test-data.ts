/** Layers small enough to be followed on paper, and what the engine tells of them. */
import { machineOf, type MachineSketch } from '../../../test/properties/machines.test-data.js';
import { problemOf } from '../../../test/properties/problems.test-data.js';
import type { Machine } from '../../arch/index.js';
import type { LayerProblem } from '../../mapping/index.js';
import type { LoopNest } from '../../workload/index.js';
import type { Arbitration } from './channel.js';
import { playLayer, type LayerPlay } from './play-layer.js';
import type { PlayedEvent } from './played-event.js';
import type { TilePlan } from './tile-plan.js';

/** One element that keeps its sum and takes a product a cycle; 1 byte per cycle off-chip, after 2 cycles. */
export function oneElement(sketch: Partial<MachineSketch> = {}): Machine {
  return machineOf({
    rows: 1,
    columns: 1,
    dataflows: ['output-stationary'],
    bandwidthGBps: 1,
    latencyNs: 2,
    ...sketch,
  });
}

export const DOUBLED = { inputs: true, second: true, outputs: true };

/** The whole layer as one tile of one core, but for what is said. */
export function planOf(
  machine: Machine,
  nest: LoopNest,
  tile: Partial<TilePlan['tile']> = {},
  rest: Partial<TilePlan> = {},
): TilePlan {
  const { batch, groups, outputRows, outputColumns, outputChannels, inputChannels } = nest;
  return {
    dataflow: machine.dataflows[0]!,
    split: { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 },
    tile: { batch, groups, outputRows, outputColumns, outputChannels, inputChannels, ...tile },
    order: ['pixels', 'outputChannels', 'reduction'],
    doubleBuffered: DOUBLED,
    ...rest,
  };
}

export interface Watched {
  readonly play: LayerPlay;
  /** `inputs 2-6`, in the order in which they ended; of cores beside the first with their number. */
  readonly log: readonly string[];
}

/** Plays a layer and writes down when what happened. */
export function watch(layer: LayerProblem, plan: TilePlan, machine: Machine, arbitration?: Arbitration): Watched {
  const log: string[] = [];
  const sink = (event: PlayedEvent): void => void log.push(`${nameOf(event)} ${event.startCycle}-${event.endCycle}`);
  return { play: playLayer(layer, plan, machine, { sink, arbitration }), log };
}

function nameOf(event: PlayedEvent): string {
  switch (event.what) {
    case 'compute':
      return event.core === 0 ? 'compute' : `compute.${event.core}`;
    case 'latency':
      return 'latency';
    case 'transfer':
      return event.cores.length === 1 && event.cores[0] === 0 ? event.kind : `${event.kind}.${event.cores.join('')}`;
  }
}

export { machineOf, problemOf };
