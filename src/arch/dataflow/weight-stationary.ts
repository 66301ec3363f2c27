import { completeDataflow } from './dataflow.js';

/** Weights stay; pixels stream; partial sums leave at the bottom of each column (as in the first TPU). */
export const weightStationary = completeDataflow({
  name: 'weight-stationary',
  stationary: 'weights',
  axes: {
    rows: { unroll: ['inputChannels', 'kernelRows', 'kernelColumns'], systolic: true },
    columns: { unroll: ['outputChannels'], systolic: true },
  },
  description: 'weights stay in a systolic array, input pixels stream past them',
});
