import type { Dataflow } from './dataflow.js';

/** Input pixels stay; the weights of one output channel after another stream. */
export const inputStationary = {
  name: 'input-stationary',
  rows: 'reduction',
  columns: 'pixels',
  stream: 'outputChannels',
  preloads: true,
  accumulatesInArray: false,
  description: 'input pixels stay in the array, weights stream past them',
} as const satisfies Dataflow;
