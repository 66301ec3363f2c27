import { layoutBits } from '../level-layout.js';
import { asTheyAre, clip, insideOrOn, largestMagnitude, type Quantizer } from './quantizer.js';

/**
 * Nothing is clipped: the largest level is the largest magnitude, or for unsigned levels the largest value (ReLU and
 * rounding, PACT's "ReLU" baseline).
 */
export const minMax = {
  description: 'the whole range of the values',
  source: 'the usual baseline; for activations the ReLU of PACT (arXiv:1805.06085)',
  layouts: ['with-zero', 'no-zero', 'unsigned'],
  bits: layoutBits,
  clipping: 'chosen',
  keepsItsOutput: true,
  prepare: asTheyAre,
  clipLevel: (values, _, layout) => (layout === 'unsigned' ? largestValue(values) : largestMagnitude(values)),
  surrogate: (value, { least, greatest }) => clip(value, least, greatest),
  slope: insideOrOn,
} as const satisfies Quantizer;

function largestValue(values: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < values.length; at += 1) largest = Math.max(largest, values[at]!);
  return largest;
}
