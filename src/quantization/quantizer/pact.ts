import { layoutBits } from '../level-layout.js';
import { asTheyAre, type Quantizer } from './quantizer.js';

/**
 * Activations clipped to [0, a] with a learned a, then rounded to 2^k unsigned levels:
 * `y = 0.5 (|x| - |x - a| + a)`, `y_q = round(y (2^k - 1) / a) a / (2^k - 1)`. What training does with it, gradients by
 * a included, is in [pact-activation.ts](../pact-activation.ts). With a level that stays as it was set this is a fixed
 * clip.
 */
export const pact = {
  description: 'activations clipped to [0, a], a learned with the weights',
  source: 'PACT (Choi et al. 2018, arXiv:1805.06085)',
  layouts: ['unsigned'],
  bits: layoutBits,
  clipping: 'given',
  keepsItsOutput: true,
  prepare: asTheyAre,
  clipLevel: () => {
    throw new Error('the clipping level of PACT is a parameter');
  },
  surrogate: (value, { greatest }) => 0.5 * (Math.abs(value) - Math.abs(value - greatest) + greatest),
  slope: (value, { greatest }) => (value >= 0 && value < greatest ? 1 : 0),
} as const satisfies Quantizer;
