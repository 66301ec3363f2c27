import { AccelsimError } from '../../errors.js';
import type { LoopNest } from '../../workload/index.js';
import { operandIssues, type MatrixProduct } from './matrix-product.js';
import type { OperandFormat } from './operand-format.js';

/** Integers of one convolution; padding is zeros. */
export interface ConvolutionOperands {
  /** By sample, channel (group after group), row and column. */
  readonly inputs: ArrayLike<number>;
  /** By output channel (group after group), input channel of its group, kernel row and column. */
  readonly weights: ArrayLike<number>;
  readonly inputFormat: OperandFormat;
  readonly weightFormat: OperandFormat;
}

/**
 * The matrix product that a convolution comes to: a row of inputs for each window (im2col), a column of weights for
 * each output channel. Groups stay groups.
 * @throws AccelsimError if values are missing, too many or out of range.
 */
export function lowerConvolution(nest: LoopNest, operands: ConvolutionOperands): MatrixProduct {
  checkOperands(nest, operands);
  const { groups, outputChannels } = nest;
  return {
    groups,
    pixels: nest.batch * nest.outputRows * nest.outputColumns,
    reduction: nest.inputChannels * nest.kernelRows * nest.kernelColumns,
    outputChannels,
    inputs: windowsOf(nest, operands.inputs),
    weights: columnsOf(nest, operands.weights),
    inputFormat: operands.inputFormat,
    weightFormat: operands.weightFormat,
  };
}

/** Sums of the product by sample, channel (group after group), output row and column. */
export function raiseOutputs(nest: LoopNest, sums: Int32Array): Int32Array {
  const { batch, groups, outputChannels } = nest;
  const positions = nest.outputRows * nest.outputColumns;
  const outputs = new Int32Array(sums.length);
  let at = 0;
  for (let sample = 0; sample < batch; sample++) {
    for (let group = 0; group < groups; group++) {
      for (let channel = 0; channel < outputChannels; channel++) {
        for (let position = 0; position < positions; position++) {
          const pixel = sample * positions + position;
          outputs[at++] = sums[(group * batch * positions + pixel) * outputChannels + channel]!;
        }
      }
    }
  }
  return outputs;
}

function windowsOf(nest: LoopNest, inputs: ArrayLike<number>): Int32Array {
  const { batch, groups, inputChannels, outputRows, outputColumns, kernelRows, kernelColumns } = nest;
  const { inputRows, inputColumns } = nest;
  const taps = inputChannels * kernelRows * kernelColumns;
  const windows = new Int32Array(groups * batch * outputRows * outputColumns * taps);
  let at = 0;
  for (let group = 0; group < groups; group++) {
    for (let sample = 0; sample < batch; sample++) {
      const firstChannel = (sample * groups + group) * inputChannels;
      for (let outputRow = 0; outputRow < outputRows; outputRow++) {
        for (let outputColumn = 0; outputColumn < outputColumns; outputColumn++) {
          const top = outputRow * nest.strideRows - nest.paddingTop;
          const left = outputColumn * nest.strideColumns - nest.paddingLeft;
          for (let channel = 0; channel < inputChannels; channel++) {
            for (let kernelRow = 0; kernelRow < kernelRows; kernelRow++) {
              const row = top + kernelRow * nest.dilationRows;
              for (let kernelColumn = 0; kernelColumn < kernelColumns; kernelColumn++, at++) {
                const column = left + kernelColumn * nest.dilationColumns;
                if (row < 0 || row >= inputRows || column < 0 || column >= inputColumns) continue;
                windows[at] = inputs[((firstChannel + channel) * inputRows + row) * inputColumns + column]!;
              }
            }
          }
        }
      }
    }
  }
  return windows;
}

function columnsOf(nest: LoopNest, weights: ArrayLike<number>): Int32Array {
  const { groups, outputChannels } = nest;
  const taps = nest.inputChannels * nest.kernelRows * nest.kernelColumns;
  const columns = new Int32Array(groups * taps * outputChannels);
  let at = 0;
  for (let group = 0; group < groups; group++) {
    for (let tap = 0; tap < taps; tap++) {
      for (let channel = 0; channel < outputChannels; channel++) {
        columns[at++] = weights[(group * outputChannels + channel) * taps + tap]!;
      }
    }
  }
  return columns;
}

function checkOperands(nest: LoopNest, operands: ConvolutionOperands): void {
  const { batch, groups, inputChannels, outputChannels, kernelRows, kernelColumns } = nest;
  const inputs = batch * groups * inputChannels * nest.inputRows * nest.inputColumns;
  const weights = groups * outputChannels * inputChannels * kernelRows * kernelColumns;
  const issues = [
    ...operandIssues('convolution', 'inputs', operands.inputs, inputs, operands.inputFormat),
    ...operandIssues('convolution', 'weights', operands.weights, weights, operands.weightFormat),
  ];
  if (issues.length > 0) throw new AccelsimError(issues);
}
