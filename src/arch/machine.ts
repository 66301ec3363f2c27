import type { Dataflow } from './dataflow/index.js';
import type { MachineEnergy } from './energy/machine-energy.js';
import type { MacSpec } from './mac/index.js';
import type { OffChip } from './off-chip.js';
import type { PackingName } from './packing/index.js';

/** Area of one chip, by component; null where the machine file gives no figure for a component. */
export interface MachineArea {
  readonly macArrayMm2: number;
  /** Of processing elements, beside those that the area of a MAC unit includes. */
  readonly registersMm2: number | null;
  readonly scratchpadMm2: number | null;
  /** 0 where there is none. */
  readonly sharedBufferMm2: number | null;
  readonly vectorUnitMm2: number | null;
  readonly interconnectMm2: number | null;
  /** Controller and pads of external memory; null for an unlimited channel. */
  readonly offChipInterfaceMm2: number | null;
  /** Sum of the parts but for the off-chip interface; null when one of them is null. */
  readonly coresMm2: number | null;
  /** Sum of all parts: `coresMm2` and the off-chip interface; null when a part is null. */
  readonly totalMm2: number | null;
}

/** A machine with every choice made. Only `resolveMachine` makes one. */
export interface Machine {
  readonly name: string;
  readonly cores: number;
  readonly rows: number;
  readonly columns: number;
  /** Planes of rows x columns elements; 1 unless the array has a third axis. */
  readonly depth: number;
  readonly dataflows: readonly Dataflow[];
  /** Whether a fold's stationary operand is loaded behind the fold before it. */
  readonly preload: 'overlapped' | 'exposed';
  readonly mac: MacSpec;
  /** Operand width the processing elements were built for. */
  readonly designBits: number;
  readonly scratchpadBytesPerCore: number;
  /** Between scratchpad and array; `Infinity` where it is never the limit. */
  readonly scratchpadBytesPerCycle: number;
  /** Null where the scratchpads are the only level. */
  readonly sharedBuffer: { readonly bytes: number; readonly bytesPerCycle: number } | null;
  readonly interconnect: { readonly multicast: boolean; readonly bytesPerCycle: number };
  /** Vector operations per cycle and core. */
  readonly vectorLanesPerCore: number;
  readonly clockGHz: number;
  /** How values lie in memory, on chip and off. */
  readonly packing: PackingName;
  readonly offChip: OffChip;
  /** Peak of all channels of off-chip memory; `Infinity` for an unlimited channel. */
  readonly bandwidthGBps: number;
  readonly offChipBytesPerCycle: number;
  readonly offChipLatencyCycles: number;
  /** Each transfer takes whole bursts. */
  readonly burstBytes: number;
  readonly schedule: { readonly prefetch: 'none' | 'next-layer'; readonly fusion: 'none' | 'chains' };
  readonly area: MachineArea;
  readonly energy: MachineEnergy;
  /** How the array was chosen, for reports: the budget and what it bought. */
  readonly arrayChoice: string;
}
