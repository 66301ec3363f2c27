import type { LoopNest } from '../../workload/loop-nest.js';
import { formatOf, type LevelGrid } from '../level-grid.js';
import { type LevelLayout, levelLayouts } from '../level-layout.js';
import type { QuantizedTensor } from '../quantizer/index.js';
import type { IntegerOperands } from './integer-operands.js';

/** Whatever sums the integers of a layer: `sumIntegers`, or a simulated array. By sample, channel, row and column. */
export type IntegerSums = (nest: LoopNest, operands: IntegerOperands) => ArrayLike<number>;

/**
 * Computes a layer of quantized tensors in integers and gives the result its scale. An input level is `s x`, a weight
 * level `(g w + o) t`, so an output is `s t (g sum(x w) + o sum(x))`. Where the weights' layout has an offset (no zero
 * level) the sum of the inputs of each window is needed beside: one further output channel of ones, whatever the number
 * of channels. It is added to the scaled sum, so that it does not widen the accumulators.
 *
 * The inputs' layout has to have a zero at code 0, for the padding.
 * @returns values by sample, channel (group after group), output row and column: those of the same layer computed with
 * the levels in floating point, but for its rounding
 */
export function computeQuantized(
  nest: LoopNest,
  inputs: QuantizedTensor,
  weights: QuantizedTensor,
  sum: IntegerSums,
): Float64Array {
  const inputFormat = formatOf(inputs.grid);
  const { gain, offset }: LevelLayout = levelLayouts[weights.grid.layout];
  if (offsetOf(inputs.grid) !== 0) throw new Error('inputs need a level 0, for the padding');
  const operands = { inputs: inputs.codes, inputFormat };
  const sums = sum(nest, { ...operands, weights: weights.codes, weightFormat: formatOf(weights.grid) });
  const windows =
    offset === 0
      ? null
      : sum(
          { ...nest, outputChannels: 1 },
          {
            ...operands,
            weights: new Int32Array(nest.groups * nest.inputChannels * nest.kernelRows * nest.kernelColumns).fill(1),
            // A signed format of 2 bits is the narrowest that can write 1.
            weightFormat: { bits: 2, signed: true },
          },
        );
  const scale = inputs.grid.step * weights.grid.step;
  const positions = nest.outputRows * nest.outputColumns;
  return Float64Array.from(sums, (value, at) => {
    if (windows === null) return scale * gain * value;
    const plane = Math.floor(Math.floor(at / positions) / nest.outputChannels);
    return scale * (gain * value + offset * windows[plane * positions + (at % positions)]!);
  });
}

function offsetOf({ layout }: LevelGrid): number {
  return levelLayouts[layout].offset;
}
