import { dequantize, type QuantizedTensor } from './quantizer/index.js';

/** What rounding did to a tensor. */
export interface QuantizationError {
  /** Mean of (value - level)^2. */
  readonly meanSquare: number;
  /** 10 log10(mean square of the values / meanSquare), in decibels; `Infinity` where nothing was lost. */
  readonly signalToNoiseDb: number;
}

/** Compares a tensor with what it was rounded to. Meaningful for quantizers that keep the scale of the values. */
export function quantizationError(values: ArrayLike<number>, quantized: QuantizedTensor): QuantizationError {
  const levels = dequantize(quantized);
  let signal = 0;
  let noise = 0;
  for (let at = 0; at < values.length; at += 1) {
    signal += values[at]! ** 2;
    noise += (values[at]! - levels[at]!) ** 2;
  }
  return {
    meanSquare: noise / values.length,
    signalToNoiseDb: noise === 0 ? Infinity : 10 * Math.log10(signal / noise),
  };
}
