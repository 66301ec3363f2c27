import type { LevelLayoutName } from '../level-layout.js';
import { asTheyAre, largestMagnitude, type Quantizer } from './quantizer.js';

/** The clipping level is `rootMeanSquare x sqrt(E[w^2]) + meanMagnitude x E[|w|]`. */
export interface SawbCoefficients {
  readonly bits: number;
  readonly rootMeanSquare: number;
  readonly meanMagnitude: number;
}

/** By layout and width; there are none for other widths. */
export const sawbCoefficients = {
  unsigned: [],
  'no-zero': [
    { bits: 2, rootMeanSquare: 3.12, meanMagnitude: -2.064 },
    { bits: 3, rootMeanSquare: 7.509, meanMagnitude: -6.892 },
    { bits: 4, rootMeanSquare: 12.68, meanMagnitude: -12.8 },
    { bits: 5, rootMeanSquare: 17.74, meanMagnitude: -18.64 },
    { bits: 8, rootMeanSquare: 31.76, meanMagnitude: -35.04 },
  ],
  'with-zero': [
    { bits: 2, rootMeanSquare: 2.6, meanMagnitude: -1.71 },
    { bits: 4, rootMeanSquare: 12.035, meanMagnitude: -12.03 },
    { bits: 7, rootMeanSquare: 28.24, meanMagnitude: -30.81 },
    { bits: 8, rootMeanSquare: 31.76, meanMagnitude: -35.04 },
  ],
} as const satisfies Record<LevelLayoutName, readonly SawbCoefficients[]>;

/**
 * Weights clipped where statistics of the tensor say: two sums over it, no search. The coefficients are a straight line
 * laid through the best clipping levels of several distributions, so that they are near the best for weights shaped like
 * those (bell-shaped, long-tailed) and may be far from it for others. Where the line gives no positive level (weights of
 * much the same magnitude) nothing is clipped.
 */
export const sawb = {
  description: 'weights clipped by their mean square and mean magnitude',
  source:
    'Statistics-aware weight binning (Choi et al. 2018, arXiv:1807.06964; SysML 2019, Accurate and Efficient 2-bit ' +
    'Quantized Neural Networks)',
  layouts: ['no-zero', 'with-zero'],
  bits: (layout) => sawbCoefficients[layout].map(({ bits }) => bits),
  clipping: 'chosen',
  keepsItsOutput: false,
  prepare: asTheyAre,
  clipLevel: sawbClipLevel,
  // Weights beyond the clipping level are not cut off from their gradient: the level follows them.
  surrogate: (value) => value,
  slope: () => 1,
} as const satisfies Quantizer;

function sawbClipLevel(values: ArrayLike<number>, bits: number, layout: LevelLayoutName): number {
  const rows: readonly SawbCoefficients[] = sawbCoefficients[layout];
  const row = rows.find((candidate) => candidate.bits === bits);
  if (row === undefined) throw new Error(`no coefficients for ${bits} bits, ${layout}`);
  const largest = largestMagnitude(values);
  if (largest === 0) return 0;
  // Relative to the largest, so that no square is out of range.
  let squares = 0;
  let magnitudes = 0;
  for (let at = 0; at < values.length; at += 1) {
    const magnitude = Math.abs(values[at]!) / largest;
    squares += magnitude * magnitude;
    magnitudes += magnitude;
  }
  const level =
    row.rootMeanSquare * Math.sqrt(squares / values.length) + row.meanMagnitude * (magnitudes / values.length);
  return level > 0 ? level * largest : largest;
}
