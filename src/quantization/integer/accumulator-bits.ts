import { AccelsimError } from '../../errors.js';
import type { LayerBits, Precision } from '../../precision/precision.js';
import type { LoopNest } from '../../workload/loop-nest.js';
import type { Layer, Network } from '../../workload/network.js';
import { type IntegerFormat, MAX_QUANTIZED_BITS } from '../level-layout.js';
import { formatIssues, formatRange } from './integer-operands.js';

/**
 * Bits of two's complement that hold every partial sum of a layer, whatever its operands and whatever the order of
 * the sum: `C R S` products, each at its largest.
 * @throws AccelsimError for a format of no bits or too many
 */
export function accumulatorBitsFor(nest: LoopNest, inputFormat: IntegerFormat, weightFormat: IntegerFormat): number {
  const issues = [...formatIssues('inputFormat', inputFormat), ...formatIssues('weightFormat', weightFormat)];
  if (issues.length > 0) throw new AccelsimError(issues);
  const products = formatRange(inputFormat).flatMap((input) =>
    formatRange(weightFormat).map((weight) => input * weight),
  );
  const terms = termsOf(nest);
  return bitsOfRange(terms * Math.min(0, ...products), terms * Math.max(0, ...products));
}

/**
 * The same for weights that are known: fewer bits, since not every weight is at its largest. Per output channel the
 * greatest partial sum has every positive product at its largest and no negative one.
 * @param weights by output channel (group after group), input channel, kernel row and column
 * @throws AccelsimError for a format of no bits or too many
 */
export function accumulatorBitsOf(nest: LoopNest, weights: ArrayLike<number>, inputFormat: IntegerFormat): number {
  const issues = formatIssues('inputFormat', inputFormat);
  if (issues.length > 0) throw new AccelsimError(issues);
  const [least, greatest] = formatRange(inputFormat);
  const terms = termsOf(nest);
  let bits = 1;
  for (let first = 0; first < weights.length; first += terms) {
    let [low, high] = [0, 0];
    for (let at = first; at < first + terms; at += 1) {
      const [a, b] = [weights[at]! * least, weights[at]! * greatest];
      low += Math.min(0, a, b);
      high += Math.max(0, a, b);
    }
    bits = Math.max(bits, bitsOfRange(low, high));
  }
  return bits;
}

/**
 * Accumulator width that each layer of a network needs, by layer index: unsigned activations (they come from a ReLU)
 * times signed weights, or two signed activations. Null for layers without MACs and for widths that are no integers of
 * at most 16 bits.
 */
export function neededAccumulatorBits(network: Network, precision: Precision): (number | null)[] {
  return network.layers.map((layer, index) => neededBits(layer, precision.layers[index]!));
}

function neededBits(layer: Layer, { weightBits, activationBits }: LayerBits): number | null {
  if (layer.engine !== 'array' || Math.max(weightBits, activationBits) > MAX_QUANTIZED_BITS) return null;
  const signed = layer.secondOperand === 'activation';
  return accumulatorBitsFor(layer.nest, { bits: activationBits, signed }, { bits: weightBits, signed: true });
}

/** Products that one output sums. */
function termsOf({ inputChannels, kernelRows, kernelColumns }: LoopNest): number {
  return inputChannels * kernelRows * kernelColumns;
}

/** Fewest bits of two's complement that hold `low`, at most 0, to `high`, at least 0. */
function bitsOfRange(low: number, high: number): number {
  let bits = 1;
  while (-(2 ** (bits - 1)) > low || 2 ** (bits - 1) - 1 < high) bits += 1;
  return bits;
}
