import type { LoopNest } from '../../workload/loop-nest.js';
import type { Range } from './range.js';

/** Input rows that the windows of a run of output rows read: each once, and none of the padding. */
export function inputRowsRead(nest: LoopNest, outputs: Range): number {
  const { strideRows, kernelRows, dilationRows, paddingTop, inputRows } = nest;
  return inputsRead(outputs, strideRows, kernelRows, dilationRows, paddingTop, inputRows);
}

export function inputColumnsRead(nest: LoopNest, outputs: Range): number {
  const { strideColumns, kernelColumns, dilationColumns, paddingLeft, inputColumns } = nest;
  return inputsRead(outputs, strideColumns, kernelColumns, dilationColumns, paddingLeft, inputColumns);
}

/** By looking at every tap of every window. */
function inputsRead(
  outputs: Range,
  stride: number,
  kernel: number,
  dilation: number,
  padding: number,
  size: number,
): number {
  const seen = new Set<number>();
  for (let output = outputs.from; output < outputs.from + outputs.size; output += 1)
    for (let tap = 0; tap < kernel; tap += 1) {
      const input = output * stride + tap * dilation - padding;
      if (input >= 0 && input < size) seen.add(input);
    }
  return seen.size;
}
