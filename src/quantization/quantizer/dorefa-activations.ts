import { layoutBits } from '../level-layout.js';
import { asTheyAre, clip, type Quantizer } from './quantizer.js';

/** Activations clipped to [0, 1], whatever their range, then rounded to 2^k unsigned levels. */
export const dorefaActivations = {
  description: 'activations clipped to [0, 1]',
  source: 'DoReFa-Net (Zhou et al. 2016, arXiv:1606.06160)',
  layouts: ['unsigned'],
  bits: layoutBits,
  clipping: 'chosen',
  keepsItsOutput: true,
  prepare: asTheyAre,
  clipLevel: () => 1,
  surrogate: (value) => clip(value, 0, 1),
  slope: (value) => (value >= 0 && value < 1 ? 1 : 0),
} as const satisfies Quantizer;
