/** The front door: everything public, safe in a browser. */
export * from './units.js';
export * from './errors.js';
export * from './json/index.js';
export * from './workload/index.js';
export * from './precision/index.js';
export * from './quantization/index.js';
export * from './arch/index.js';
export * from './mapping/index.js';
export * from './performance/index.js';
export * from './simulate/index.js';
export * from './explore/index.js';
export * from './report/index.js';
