import { completeDataflow } from './dataflow.js';

/**
 * Each element keeps a row of a kernel and slides it along a row of the input; sums gather down a column, one column
 * for each output row. After Eyeriss (Chen et al., ISCA 2016); the registers of an element and the buses between them
 * are not modelled.
 */
export const rowStationary = completeDataflow({
  name: 'row-stationary',
  stationary: 'weights',
  axes: {
    rows: { unroll: ['kernelRows', 'inputChannels'], systolic: false },
    columns: { unroll: ['outputRows'], systolic: false },
  },
  description: 'kernel rows (and input channels) by output rows, as in Eyeriss',
});
