export { arrayCycles, vectorCycles } from './compute.js';
export { compulsoryBytes, timeLayer } from './layer-result.js';
export { totalsOf } from './network-totals.js';
export { LayerPricer } from './pricer.js';
export type * from './result.js';
export { MODES } from './result.js';
export { compareResults } from './speedup.js';
export { sumOfStripes } from './striped-result.js';
