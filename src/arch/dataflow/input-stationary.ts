import { completeDataflow } from './dataflow.js';

/** Input pixels stay; the weights of one output channel after another stream. */
export const inputStationary = completeDataflow({
  name: 'input-stationary',
  stationary: 'inputs',
  axes: {
    rows: { unroll: ['inputChannels', 'kernelRows', 'kernelColumns'], systolic: true },
    columns: { unroll: ['batch', 'outputRows', 'outputColumns'], systolic: true },
  },
  description: 'input pixels stay in a systolic array, weights stream past them',
});
