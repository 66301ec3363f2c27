export type { ArraySide, Dataflow, DataflowSpec, SpatialAxis } from './dataflow.js';
export { arraySides, axesOf, completeDataflow } from './dataflow.js';
export { loopClassOf, type LoopClass, type LoopDimension, loopDimensions } from './loop-dimension.js';
export { type DataflowName, dataflowOf, dataflows } from './presets.js';
export { type DataflowChoice, dataflowNameOf, dataflowSchema, resolveDataflow } from './schema.js';
