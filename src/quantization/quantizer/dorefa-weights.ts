import { failure } from '../../errors.js';
import { layoutBits } from '../level-layout.js';
import { largestMagnitude, type Quantizer } from './quantizer.js';

/**
 * Weights squeezed by tanh, scaled to [-1, 1] and rounded to 2^k levels without a zero:
 * `r = tanh(w) / (2 max|tanh w|) + 1/2`, `w_q = 2 round(r (2^k - 1)) / (2^k - 1) - 1`. The output does not have the
 * scale of the weights: the normalisation after a layer takes it up. At 1 bit, where the paper uses sign and mean
 * magnitude instead, this is the sign alone.
 */
export const dorefaWeights = {
  description: 'weights squeezed by tanh to [-1, 1]',
  source: 'DoReFa-Net (Zhou et al. 2016, arXiv:1606.06160)',
  layouts: ['no-zero'],
  bits: layoutBits,
  clipping: 'chosen',
  // Its second tanh bends the levels away from where they were.
  keepsItsOutput: false,
  prepare: squeeze,
  clipLevel: () => 1,
  surrogate: (value, { largest }) => Math.tanh(value) / Math.tanh(largest),
  slope: (value, { largest }) => (1 - Math.tanh(value) ** 2) / Math.tanh(largest),
} as const satisfies Quantizer;

function squeeze(values: ArrayLike<number>): Float64Array {
  // tanh grows with its argument: the largest of all is that of the largest magnitude.
  const largest = Math.tanh(largestMagnitude(values));
  if (largest === 0) throw failure('quantizer', 'values', 'must not all be zero: DoReFa divides by the largest weight');
  return Float64Array.from(values, (value) => Math.tanh(value) / largest);
}
