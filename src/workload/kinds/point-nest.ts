import type { LoopNest } from '../loop-nest.js';

/** One sample's loops over `rows` x `columns` positions that do not look at their neighbours: a 1x1 kernel. */
export function pointNest(
  groups: number,
  inputChannels: number,
  outputChannels: number,
  rows: number,
  columns: number,
): LoopNest {
  return {
    batch: 1,
    groups,
    outputChannels,
    inputChannels,
    outputRows: rows,
    outputColumns: columns,
    kernelRows: 1,
    kernelColumns: 1,
    inputRows: rows,
    inputColumns: columns,
    strideRows: 1,
    strideColumns: 1,
    dilationRows: 1,
    dilationColumns: 1,
    paddingTop: 0,
    paddingLeft: 0,
  };
}
