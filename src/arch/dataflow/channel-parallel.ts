import { completeDataflow } from './dataflow.js';

/**
 * Adder trees over input channels, one for each output channel; kernel positions run in time. After NVDLA
 * (nvdla.org, hardware architectural specification: atomic-C by atomic-K). Weights are kept while pixels pass.
 */
export const channelParallel = completeDataflow({
  name: 'channel-parallel',
  stationary: 'weights',
  axes: {
    rows: { unroll: ['inputChannels'], systolic: false },
    columns: { unroll: ['outputChannels'], systolic: false },
  },
  description: 'input channels by output channels on adder trees, kernel positions in time, as in NVDLA',
});
