import type { MachineArea } from '../arch/machine.js';
import type { PackingName } from '../arch/packing/index.js';
import type { LayerKindName } from '../workload/kinds/index.js';
import type { Objective } from '../mapping/objective.js';
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
  /** Operands that are read from or written to the scratchpads only. */
  readonly resident: readonly ('input' | 'output' | 'weights')[];
  readonly mapping: MappingSummary;
}

/** The questions: one inference with weights off-chip at its start, or a steady stream in which weights may stay. */
export const MODES = ['latency', 'throughput'] as const;

export type Mode = (typeof MODES)[number];

/** Where a tensor lives between its producer and its last reader. */
export interface TensorResidency {
  readonly tensor: string;
  readonly kind: 'activation' | 'weights';
  readonly bits: number;
  readonly bytes: number;
  /**
   * `on-chip`: never leaves the scratchpads. `both`: written off-chip too, and read on chip up to `keptUntil`.
   * `off-chip`: written to and read from memory.
   */
  readonly place: 'on-chip' | 'both' | 'off-chip';
  /** Name of the last layer that reads it on chip; null when off-chip. */
  readonly keptUntil: string | null;
}

export interface NetworkTotals {
  readonly macs: number;
  readonly totalCycles: number;
  readonly computeCycles: number;
  readonly stallCycles: number;
  readonly latencyMs: number;
  readonly inferencesPerSecond: number;
  /** macs / (peakMacsPerCycle * totalCycles), 0..1. */
  readonly utilization: number;
  /** MACs per cycle of the whole machine at the narrowest operands any layer of this run uses. */
  readonly peakMacsPerCycle: number;
  readonly offChipBytes: OffChipBytes;
  readonly compulsoryBytes: number;
  /** Sum of what no schedule of each layer could go below, given what is resident. */
  readonly leastBytes: number;
  /** Over the searches that the layers' mappings came from. */
  readonly search: SearchTotals;
  readonly areaMm2: number | null;
  /** Sum of the layers', by component; null where the machine file gives no figure. */
  readonly energyPj: EnergyPj;
  /** Its total, in millijoules. */
  readonly energyMj: number | null;
  /** Two operations for each MAC, over the energy: 1e12 per second and watt. */
  readonly topsPerWatt: number | null;
  /** energyMj times latencyMs. */
  readonly energyDelayProductMjMs: number | null;
}

/** Consecutive layers of which only stripes of what lies between them are ever on chip. */
export interface FusedChain {
  readonly layers: readonly string[];
  readonly stripes: number;
  /** Of these layers the weights are loaded once and kept for all stripes; of the others they come for each. */
  readonly heldWeights: readonly string[];
}

export interface ResidencyResult {
  /** The choice is proved to be the best of the stated space by the objective. */
  readonly exact: boolean;
  /** No choice takes fewer cycles: totalCycles where it is exact. Null where the objective is another than latency. */
  readonly lowerBoundCycles: number | null;
  /** By how much of the bound, at most, the best choice may cost less; of latency totalCycles / lowerBoundCycles - 1. */
  readonly optimalityGap: number;
  readonly capacityBytes: number;
  /** Most bytes that were in use at once, tiles and resident tensors. */
  readonly peakBytes: number;
  /** Bytes set aside for weights that stay between inferences (throughput mode). */
  readonly weightRegionBytes: number;
  readonly tensors: readonly TensorResidency[];
  /** Layers of whose weights a part was loaded while the layer before ran; only with `schedule.prefetch`. */
  readonly prefetched: readonly { readonly layer: string; readonly fraction: number }[];
  /** Layers that were computed stripe by stripe, one after the other within each; only with `schedule.fusion`. */
  readonly chains: readonly FusedChain[];
}

export interface NetworkResult {
  readonly arch: {
    readonly name: string;
    readonly cores: number;
    readonly rows: number;
    readonly columns: number;
    readonly macKind: string;
    readonly designBits: number;
    readonly arrayChoice: string;
    readonly clockGHz: number;
    readonly scratchpadKiBPerCore: number;
    /** Peak; `Infinity` for an unlimited channel. */
    readonly bandwidthGBps: number;
    /** The kind of external memory with its channels, where a bandwidth is not all that is said. */
    readonly memory: { readonly name: string; readonly channels: number } | null;
    /** Bytes over the time that the channels of `memory` were at work; null without one, or without traffic. */
    readonly effectiveGBps: number | null;
    readonly energyPjPerBit: number | null;
    /** Node of the chip, and the table that its energies come from; null where the machine file says neither. */
    readonly technologyNm: number | null;
    readonly energyTable: string | null;
    /** How values lie in memory, on chip and off. */
    readonly packing: PackingName;
    readonly area: MachineArea;
  };
  readonly workload: { readonly name: string; readonly batch: number };
  readonly mode: Mode;
  /** What mappings and residency were chosen for; only where that is not latency. */
  readonly objective?: Objective;
  readonly precision: {
    readonly bits: number | null;
    readonly edgeBits: number | null;
    /** The list or file that gives each layer its own widths; only where one does. */
    readonly source?: string;
    /** Only where residual shortcuts are wider than the rest. */
    readonly shortcutBits?: number;
    /** Of keys and values that are kept from step to step, where they have a width of their own. */
    readonly kvCacheBits?: number;
  };
  readonly totals: NetworkTotals;
  readonly layers: readonly LayerResult[];
  readonly residency: ResidencyResult;
  /** Things a reader should know before trusting the figures. */
  readonly warnings: readonly string[];
}

/** A tensor that stays on chip in one run and did not in the baseline. */
export interface BeganToFit {
  readonly tensor: string;
  readonly kind: 'activation' | 'weights';
  readonly baselineBits: number;
  readonly baselineBytes: number;
  readonly bits: number;
  readonly bytes: number;
  /** Kept whole life on chip, or only for its first readers. */
  readonly place: 'on-chip' | 'both';
}

/** speedup = peak x utilization x memoryRelief. */
export interface Speedup {
  readonly baselineBits: number | null;
  readonly value: number;
  readonly factors: {
    /** Ratio of peak MACs per cycle (and of clocks, where the machines differ). */
    readonly peak: number;
    /** Ratio of macs / (peak x compute cycles): edges, fill and drain, vector layers. */
    readonly utilization: number;
    /** Ratio of total / compute cycles, baseline over this run: what waiting for memory shrank by. */
    readonly memoryRelief: number;
  };
  readonly beganToFit: readonly BeganToFit[];
}

/** What the next narrower precision that the machine has a mode for would give. */
export interface NarrowerRun {
  readonly bits: number;
  readonly edgeBits: number | null;
  readonly totalCycles: number;
  readonly latencyMs: number;
  /** This run's time over the narrower run's. */
  readonly speedup: number;
  /** Total cycles by layer, in the order of `NetworkResult.layers`. */
  readonly layerCycles: readonly number[];
}

/** One simulated run with what it is compared with. */
export interface Run {
  readonly result: NetworkResult;
  /** Against the baseline; null when the run has none. */
  readonly speedup: Speedup | null;
  readonly narrower: NarrowerRun | null;
}
