import type { MachineArea } from '../arch/machine.js';
import type { PackingName } from '../arch/packing/index.js';
import type { Objective } from '../mapping/objective.js';
import type { EnergyPj } from './energy.js';
import type { LayerResult, OffChipBytes, SearchTotals } from './layer-figures.js';
import type { ResidencyResult } from './residency-figures.js';

export type { Bound, LayerResult, MappingSummary, OffChipBytes, SearchTotals } from './layer-figures.js';
export type { FusedChain, ResidencyResult, TensorResidency } from './residency-figures.js';

/** The questions: one inference with weights off-chip at its start, or a steady stream in which weights may stay. */
export const MODES = ['latency', 'throughput'] as const;

export type Mode = (typeof MODES)[number];

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
