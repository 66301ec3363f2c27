import type { Dataflow } from './dataflow.js';

/** Each processing element keeps one output's sum; inputs and weights stream. */
export const outputStationary = {
  name: 'output-stationary',
  rows: 'pixels',
  columns: 'outputChannels',
  stream: 'reduction',
  preloads: false,
  accumulatesInArray: true,
  description: 'partial sums stay in the array, inputs and weights stream past each other',
} as const satisfies Dataflow;
