/** ONNX files as networks. Apart from the rest: only who reads one loads the reader of its format. */
export { condenseOnnx } from './file/condense.js';
export type { ReadBytes } from './file/condense.js';
export type { Dimensions } from './graph/dimensions.js';
export { onnx } from './importer.js';
export { MAX_MEMORY_BYTES } from './limits.js';
export { importOnnx, onnxShapes } from './import-onnx.js';
export type { ImportedOnnx, OnnxOptions } from './import-onnx.js';
export type { SkippedNode } from './network/layer-fields.js';
export { operators } from './operators/index.js';
export type { LayerWidths, StatedPrecision } from './precision.js';
export { onnxWeights } from './weights.js';
export type { LayerWeights, OnnxWeights, UnreadWeights } from './weights.js';
