import {
  dequantize,
  quantize,
  type QuantizedTensor,
  type Quantizer,
  type QuantizerName,
  quantizers,
  rangeOf,
} from '../../../index.js';

/** What a layer computes with in place of its weights. */
export interface WeightRounding {
  /** @param rounded written */
  round(weights: Float32Array, rounded: Float32Array): void;
  /**
   * Gradient behind the rounding: the straight-through estimate of the quantizer. Belongs to the last `round`.
   * @param byRounded gradient of the loss by the rounded weights
   * @param byWeights added to
   */
  passBack(weights: Float32Array, byRounded: Float32Array, byWeights: Float32Array): void;
  /** The weights as integers with their levels; null where they are not rounded. */
  quantized(weights: Float32Array): QuantizedTensor | null;
}

/** Weights as they are. */
export const exactWeights: WeightRounding = {
  round: (weights, rounded) => rounded.set(weights),
  passBack: (_, byRounded, byWeights) => {
    for (let at = 0; at < byWeights.length; at += 1) byWeights[at]! += byRounded[at]!;
  },
  quantized: () => null,
};

/** Weights rounded by one of the quantizers, one grid for the whole layer. */
export function roundedWeights(name: QuantizerName, bits: number): WeightRounding {
  const quantizer: Quantizer = quantizers[name];
  let range: ReturnType<typeof rangeOf> | undefined;
  return {
    round(weights, rounded) {
      const quantized = quantize(name, weights, { bits });
      range = rangeOf(quantized.grid, weights);
      rounded.set(dequantize(quantized));
    },
    passBack(weights, byRounded, byWeights) {
      for (let at = 0; at < byWeights.length; at += 1) {
        byWeights[at]! += byRounded[at]! * quantizer.slope(weights[at]!, range!);
      }
    },
    quantized: (weights) => quantize(name, weights, { bits }),
  };
}
