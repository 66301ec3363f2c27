import type { LoopNest } from './loop-nest.js';

/** One output, one product: what a test's nest differs from. */
export const UNIT_NEST: LoopNest = {
  batch: 1,
  groups: 1,
  outputChannels: 1,
  inputChannels: 1,
  outputRows: 1,
  outputColumns: 1,
  kernelRows: 1,
  kernelColumns: 1,
  inputRows: 1,
  inputColumns: 1,
  strideRows: 1,
  strideColumns: 1,
  dilationRows: 1,
  dilationColumns: 1,
  paddingTop: 0,
  paddingLeft: 0,
};
