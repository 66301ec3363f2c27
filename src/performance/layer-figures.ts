import type { LayerKindName } from '../workload/kinds/index.js';
import type { EnergyPj } from './energy.js';

/** Off-chip traffic by operand, in bytes. `outputs` includes partial sums that are written and read again. */
export interface OffChipBytes {
  readonly weights: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly total: number;
}

/**
 * What bounds a layer's time: the array, the off-chip channel, the vector unit, the way between scratchpad and array, or
 * what connects the cores (shared buffer, interconnect).
 */
export type Bound = 'compute' | 'memory' | 'vector' | 'scratchpad' | 'on-chip';

/** How a mapping search went: tile choices, those a bound ruled out, and schedules priced of the others. */
export interface SearchTotals {
  readonly considered: number;
  readonly pruned: number;
  readonly priced: number;
}

/** How a layer is laid on the machine: the winner of the mapping search. */
export interface MappingSummary {
  /** Null on the vector unit. */
  readonly dataflow: string | null;
  /** Cores that share each loop; their product is at most the machine's cores. */
  readonly coreSplit: {
    readonly batch: number;
    readonly groups: number;
    readonly outputRows: number;
    readonly outputChannels: number;
  };
  /** What one core holds at a time. */
  readonly tile: {
    readonly batch: number;
    readonly groups: number;
    readonly outputRows: number;
    readonly outputColumns: number;
    readonly outputChannels: number;
    readonly inputChannels: number;
  };
  /** Operands with a second tile buffer, of those that have more than one tile: their loads hide behind compute. */
  readonly doubleBuffered: readonly ('input' | 'weights' | 'output')[];
  /** Operands that lie whole in the shared buffer while the layer runs. */
  readonly staged: readonly ('input' | 'weights' | 'output')[];
  /** Loops over tiles, outermost first; loops of one trip are left out. */
  readonly loopOrder: readonly string[];
  /** Tiles each core runs one after the other. */
  readonly tiles: number;
  /** Folds of the array over all tiles of the busiest core; 0 on the vector unit. */
  readonly folds: number;
  /** Bytes of one core's scratchpad that the tiles take, double buffers included. */
  readonly bufferBytesPerCore: number;
  readonly search: SearchTotals;
}

export interface LayerResult {
  readonly name: string;
  readonly kind: LayerKindName;
  readonly macs: number;
  readonly weightBits: number;
  readonly activationBits: number;
  readonly outputBits: number;
  readonly accumulatorBits: number;
  /** Cycles the array (or, for a vector layer, the vector unit) is at work. */
  readonly computeCycles: number;
  /** totalCycles - computeCycles: waiting for the off-chip channel, first load, last store and latency included. */
  readonly stallCycles: number;
  readonly totalCycles: number;
  /** MACs the whole machine can do per cycle at this layer's widths; 0 for a vector layer. */
  readonly peakMacsPerCycle: number;
  /** macs / (peakMacsPerCycle * totalCycles), 0..1. */
  readonly utilization: number;
  readonly offChipBytes: OffChipBytes;
  /** Each operand that is not resident, once. */
  readonly compulsoryBytes: number;
  /** What no schedule could go below on this much memory: the larger of compulsoryBytes and the communication bound. */
  readonly leastBytes: number;
  /** Bytes between the busiest core's scratchpad and its array or vector unit. */
  readonly scratchpadBytesPerCore: number;
  /** Bytes in and out of the shared buffer, and of all cores; null where the machine limits neither. */
  readonly sharedBufferBytes: number | null;
  readonly interconnectBytes: number | null;
  /** Cycles the off-chip channel is at work for this layer. */
  readonly offChipCycles: number;
  /** By component, over all cores. */
  readonly energyPj: EnergyPj;
  readonly bound: Bound;
  /** Operands that never cross the off-chip channel: they lie in the scratchpads, or in the shared buffer. */
  readonly resident: readonly ('input' | 'output' | 'weights')[];
  readonly mapping: MappingSummary;
}
