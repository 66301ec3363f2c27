import * as fc from 'fast-check';
import type { LoopNest } from '../../workload/loop-nest.js';
import { UNIT_NEST } from '../../workload/loop-nest.test-data.js';

/** One output, one product, but for what is said. */
export function nestOf(sizes: Partial<LoopNest>): LoopNest {
  return { ...UNIT_NEST, ...sizes };
}

const size = (max: number) => fc.integer({ min: 1, max });

/** Small convolutions: padded, strided, dilated, grouped. */
export const smallNest: fc.Arbitrary<LoopNest> = fc.record({
  batch: size(2),
  groups: size(2),
  outputChannels: size(3),
  inputChannels: size(3),
  outputRows: size(3),
  outputColumns: size(3),
  kernelRows: size(3),
  kernelColumns: size(3),
  inputRows: size(5),
  inputColumns: size(5),
  strideRows: size(2),
  strideColumns: size(2),
  dilationRows: size(2),
  dilationColumns: size(2),
  paddingTop: fc.integer({ min: 0, max: 2 }),
  paddingLeft: fc.integer({ min: 0, max: 2 }),
});

export function inputCount(nest: LoopNest): number {
  return nest.batch * nest.groups * nest.inputChannels * nest.inputRows * nest.inputColumns;
}

export function weightCount(nest: LoopNest): number {
  return nest.groups * nest.outputChannels * nest.inputChannels * nest.kernelRows * nest.kernelColumns;
}

/** Where each input goes: the definition of a convolution read backwards, so that padding needs no case of its own. */
export function scatterConvolution(nest: LoopNest, inputs: ArrayLike<number>, weights: ArrayLike<number>): number[] {
  const { batch, groups, inputChannels, outputChannels, outputRows, outputColumns } = nest;
  const outputs = Array.from({ length: batch * groups * outputChannels * outputRows * outputColumns }, () => 0);
  const lands = (at: number, tap: number, way: 'Rows' | 'Columns'): number | null => {
    const stride = nest[`stride${way}`];
    const first = at + nest[way === 'Rows' ? 'paddingTop' : 'paddingLeft'] - tap * nest[`dilation${way}`];
    return first >= 0 && first % stride === 0 && first / stride < nest[`output${way}`] ? first / stride : null;
  };
  for (let at = 0; at < inputs.length; at += 1) {
    const column = at % nest.inputColumns;
    const row = Math.floor(at / nest.inputColumns) % nest.inputRows;
    const plane = Math.floor(at / (nest.inputColumns * nest.inputRows));
    const [sample, channel] = [Math.floor(plane / (groups * inputChannels)), plane % (groups * inputChannels)];
    const group = Math.floor(channel / inputChannels);
    for (let r = 0; r < nest.kernelRows; r += 1) {
      for (let s = 0; s < nest.kernelColumns; s += 1) {
        const [p, q] = [lands(row, r, 'Rows'), lands(column, s, 'Columns')];
        if (p === null || q === null) continue;
        for (let k = group * outputChannels; k < (group + 1) * outputChannels; k += 1) {
          const tap = ((k * inputChannels + (channel % inputChannels)) * nest.kernelRows + r) * nest.kernelColumns + s;
          const target = ((sample * groups * outputChannels + k) * outputRows + p) * outputColumns + q;
          outputs[target]! += inputs[at]! * weights[tap]!;
        }
      }
    }
  }
  return outputs;
}
