import type { Dataflow } from './dataflow.js';

/** Weights stay; pixels stream; partial sums leave at the bottom of each column (as in the first TPU). */
export const weightStationary = {
  name: 'weight-stationary',
  rows: 'reduction',
  columns: 'outputChannels',
  stream: 'pixels',
  preloads: true,
  accumulatesInArray: false,
  description: 'weights stay in the array, input pixels stream past them',
} as const satisfies Dataflow;
