import { completeDataflow } from './dataflow.js';

/** Each processing element keeps one output's sum; inputs and weights stream. */
export const outputStationary = completeDataflow({
  name: 'output-stationary',
  stationary: 'outputs',
  axes: {
    rows: { unroll: ['batch', 'outputRows', 'outputColumns'], systolic: true },
    columns: { unroll: ['outputChannels'], systolic: true },
  },
  description: 'partial sums stay in a systolic array, inputs and weights stream past each other',
});
