export { UNLIMITED, checkBandwidth, parseBandwidthList } from './bandwidth.js';
export type {
  Dataflow,
  DataflowChoice,
  DataflowName,
  DataflowSpec,
  LoopClass,
  LoopDimension,
} from './dataflow/index.js';
export { completeDataflow, dataflowOf, dataflows } from './dataflow/index.js';
export type { EnergyRow, EnergySpec, EnergyTable, MachineEnergy } from './energy/index.js';
export { energyScale, energyTableJsonSchema, readEnergyTable } from './energy/index.js';
export type {
  BuiltMac,
  FixedMacPj,
  MacArea,
  MacEnergy,
  MacKind,
  MacKindName,
  MacRate,
  MacSpec,
  StoredValue,
} from './mac/index.js';
export { macAreaUm2, macEnergyPj, macKindOf, macKinds, macRate, narrowerBits, storedValue } from './mac/index.js';
export type { Machine, MachineArea } from './machine.js';
export type { Memory, MemoryName, MemoryPreset, MemoryTiming } from './memory/index.js';
export { channelGBps, memories, memoryNames, parseMemory, resolveMemory } from './memory/index.js';
export type { OffChip } from './off-chip.js';
export { peakGBps } from './off-chip.js';
export type { Packing, PackingName } from './packing/index.js';
export {
  packedWeightBits,
  packingNames,
  packings,
  parsePacking,
  storedBits,
  storedBitsPerValue,
  storedBytes,
} from './packing/index.js';
export { peakMacsPerCycle } from './peak.js';
export type { ArchJson } from './read.js';
export { readArch, readArchValue, toArchJson } from './read.js';
export type { RunChoices } from './resolve.js';
export { resolveMachine } from './resolve.js';
export { withChannelOf } from './with-channel.js';
export type { MemoryChoice } from './variants.js';
export { FIELDS_BESIDE, parseMemoryChoice, withMemory, withPacking } from './variants.js';
export type { ArchSpec } from './schema.js';
export { archJsonSchema, archSchema } from './schema.js';
