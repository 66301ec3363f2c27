import { failure } from '../../errors.js';
import type { LoopNest } from '../../workload/loop-nest.js';
import { outputElements } from '../../workload/loop-nest.js';
import { checkOperands, type IntegerOperands } from './integer-operands.js';

/** Widest accumulator: sums are held in 32-bit integers. */
export const MAX_ACCUMULATOR_BITS = 32;

/**
 * Computes a layer in integers, every product and partial sum exact.
 * @returns sums by sample, channel (group after group), output row and column
 * @throws AccelsimError if the operands are not those of the nest; or if a partial sum does not fit `accumulatorBits`
 * of two's complement, where hardware would wrap around and go on
 */
export function sumIntegers(nest: LoopNest, operands: IntegerOperands, accumulatorBits: number): Int32Array {
  if (!(Number.isInteger(accumulatorBits) && accumulatorBits >= 1 && accumulatorBits <= MAX_ACCUMULATOR_BITS)) {
    const rule = `must be an integer from 1 to ${MAX_ACCUMULATOR_BITS}`;
    throw failure('integer layer', 'accumulatorBits', rule, accumulatorBits);
  }
  checkOperands(nest, operands);
  const { batch, groups, outputChannels, outputRows, outputColumns } = nest;
  const greatest = 2 ** (accumulatorBits - 1) - 1;
  const sums = new Int32Array(outputElements(nest));
  let at = 0;
  for (let sample = 0; sample < batch; sample += 1) {
    for (let channel = 0; channel < groups * outputChannels; channel += 1) {
      for (let row = 0; row < outputRows; row += 1) {
        for (let column = 0; column < outputColumns; column += 1) {
          sums[at++] = sumAt(nest, operands, { sample, channel, row, column }, greatest);
        }
      }
    }
  }
  return sums;
}

interface OutputPlace {
  readonly sample: number;
  /** Over all groups. */
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

function sumAt(nest: LoopNest, operands: IntegerOperands, place: OutputPlace, greatest: number): number {
  const { inputChannels, kernelRows, kernelColumns, inputRows, inputColumns } = nest;
  const { inputs, weights } = operands;
  const group = Math.floor(place.channel / nest.outputChannels);
  const firstChannel = (place.sample * nest.groups + group) * inputChannels;
  const top = place.row * nest.strideRows - nest.paddingTop;
  const left = place.column * nest.strideColumns - nest.paddingLeft;
  let sum = 0;
  for (let channel = 0; channel < inputChannels; channel += 1) {
    for (let kernelRow = 0; kernelRow < kernelRows; kernelRow += 1) {
      const row = top + kernelRow * nest.dilationRows;
      if (row < 0 || row >= inputRows) continue;
      const inputRow = ((firstChannel + channel) * inputRows + row) * inputColumns;
      const weightRow = ((place.channel * inputChannels + channel) * kernelRows + kernelRow) * kernelColumns;
      for (let kernelColumn = 0; kernelColumn < kernelColumns; kernelColumn += 1) {
        const column = left + kernelColumn * nest.dilationColumns;
        if (column < 0 || column >= inputColumns) continue;
        sum += inputs[inputRow + column]! * weights[weightRow + kernelColumn]!;
        if (sum > greatest || sum < -greatest - 1) throw overflow(sum, place, greatest);
      }
    }
  }
  return sum;
}

function overflow(sum: number, { sample, channel, row, column }: OutputPlace, greatest: number): Error {
  return failure(
    'integer layer',
    `sums[sample ${sample}, channel ${channel}, row ${row}, column ${column}]`,
    `a partial sum does not fit ${Math.log2(greatest + 1) + 1} bits`,
    sum,
    'widen the accumulators, or narrow the operands',
  );
}
