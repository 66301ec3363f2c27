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
export type { BuiltMac, MacArea, MacKind, MacKindName, MacRate, MacSpec } from './mac/index.js';
export { macAreaUm2, macKindOf, macKinds, macRate, narrowerBits } from './mac/index.js';
export type { Machine, MachineArea } from './machine.js';
export { peakMacsPerCycle } from './peak.js';
export type { ArchJson } from './read.js';
export { readArch, readArchValue, toArchJson } from './read.js';
export type { RunChoices } from './resolve.js';
export { resolveMachine } from './resolve.js';
export type { ArchSpec } from './schema.js';
export { archJsonSchema, archSchema } from './schema.js';
