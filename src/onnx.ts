/**
 * The second front door: ONNX files as networks, safe in a browser. Apart from the first, so that only who reads such a
 * file loads the reader of its format.
 */
export * from './workload/onnx/index.js';
