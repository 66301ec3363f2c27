import { type LevelLayoutName, layoutBits, levelLayouts } from '../level-layout.js';
import { asTheyAre, clip, insideOrOn, type Quantizer } from './quantizer.js';

/** Clipping levels that are tried, evenly spaced. */
const STARTS = 512;
/** The best of them that are refined. */
const REFINED = 8;
const ROUNDS = 100;
/** The best largest level may lie a little above the largest value, if that helps the smaller ones. */
const REACH = 1.25;

/**
 * The clipping level with the least mean squared error, found by search: the yardstick for the others, not a thing to do
 * in each training step. Evenly spaced levels are tried, and the best refined: with every value held to its level number
 * the best step is `sum(m q) / sum(q^2)`, and the values are assigned anew until nothing changes. Neither half can raise
 * the error. Sorted values and their running sums make one trial cost the number of levels, not of values. For unsigned
 * levels, negative values count as the zeros a ReLU makes of them.
 */
export const mseOptimal = {
  description: 'the clipping level with the least squared error, by search',
  source: 'the usual yardstick; the refinement is that of Lloyd (1982) with evenly spaced levels',
  layouts: ['with-zero', 'no-zero', 'unsigned'],
  bits: layoutBits,
  clipping: 'chosen',
  // Its output fits a grid without loss, but the search need not come upon that grid again.
  keepsItsOutput: false,
  prepare: asTheyAre,
  clipLevel: searchClipLevel,
  surrogate: (value, { least, greatest }) => clip(value, least, greatest),
  slope: insideOrOn,
} as const satisfies Quantizer;

interface Trial {
  readonly error: number;
  readonly step: number;
}

function searchClipLevel(values: ArrayLike<number>, bits: number, layout: LevelLayoutName): number {
  const { gain, offset, greatestCode, signed } = levelLayouts[layout];
  const greatest = greatestCode(bits);
  const span = gain * greatest + offset;
  const sorted = Float64Array.from(values, (value) => (signed ? Math.abs(value) : Math.max(0, value))).sort();
  const largest = sorted.at(-1) ?? 0;
  if (largest === 0) return 0;
  const sums = new Float64Array(sorted.length + 1);
  for (let at = 0; at < sorted.length; at += 1) {
    // Relative to the largest, so that no square is out of range.
    sorted[at]! /= largest;
    sums[at + 1] = sums[at]! + sorted[at]!;
  }

  /** Squared error with this step, less the sum of all squares; and the step that is best for these assignments. */
  const trial = (step: number): Trial & { readonly better: number } => {
    let products = 0;
    let squares = 0;
    for (let from = 0; from < sorted.length; ) {
      const code = Math.min(greatest, Math.max(0, Math.round((sorted[from]! / step - offset) / gain)));
      const end =
        code === greatest ? sorted.length : firstFrom(sorted, from + 1, (gain * (code + 0.5) + offset) * step);
      const level = gain * code + offset;
      products += level * (sums[end]! - sums[from]!);
      squares += level * level * (end - from);
      from = end;
    }
    return { error: step * (step * squares - 2 * products), step, better: squares > 0 ? products / squares : step };
  };

  const starts: Trial[] = Array.from({ length: STARTS }, (_, at) => trial((REACH * (at + 1)) / STARTS / span));
  const refined = starts
    .sort((a, b) => a.error - b.error)
    .slice(0, REFINED)
    .map(({ step }) => {
      let found = trial(step);
      for (let round = 0; round < ROUNDS && found.better !== found.step; round += 1) {
        const next = trial(found.better);
        if (next.error >= found.error) break;
        found = next;
      }
      return found;
    });
  const best = refined.reduce((a, b) => (b.error < a.error ? b : a));
  return best.step * span * largest;
}

/** First place from `from` on whose value is at least `bound`. */
function firstFrom(sorted: Float64Array, from: number, bound: number): number {
  let [low, high] = [from, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
