import { completeDataflow } from './dataflow.js';

/**
 * Three axes: several pixels of a row, each with its plane of input channels by output channels. After AMD/Xilinx's
 * DPUCZDX8G (product guide PG338: pixel, input-channel and output-channel parallelism). `array.depth` is the pixels.
 */
export const pixelChannelParallel = completeDataflow({
  name: 'pixel-channel-parallel',
  stationary: 'weights',
  axes: {
    rows: { unroll: ['inputChannels'], systolic: false },
    columns: { unroll: ['outputChannels'], systolic: false },
    depth: { unroll: ['outputColumns'], systolic: false },
  },
  description: 'pixels (array.depth) by input channels by output channels, as in the Xilinx DPU',
});
