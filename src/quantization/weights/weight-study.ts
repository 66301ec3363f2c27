import { AccelsimError, failure, type Issue } from '../../errors.js';
import { levelLayouts, type LevelLayoutName } from '../level-layout.js';
import { quantizationError } from '../quantization-error.js';
import { quantize, quantizers, type Quantizer, type QuantizerName } from '../quantizer/index.js';
import { largestMagnitude } from '../quantizer/quantizer.js';

/**
 * Quantizers that can be judged by what they do to weights: they choose their own level, and round values as they are.
 * Menus derive from them.
 */
export const weightSchemes = ['sawb', 'min-max', 'mse-optimal'] as const satisfies readonly QuantizerName[];

export type WeightScheme = (typeof weightSchemes)[number];

/** Noise power 1 % of the signal's: what a width must reach for a layer unless another loss is stated. */
export const DEFAULT_LEAST_DB = 20;

export interface WeightStudyRequest {
  readonly scheme: WeightScheme;
  /** The scheme's own signed layout where left out. */
  readonly layout?: LevelLayoutName | undefined;
  readonly bits: readonly number[];
  /** Least ratio of signal to quantization noise, in decibels, at which a width is enough for a layer. */
  readonly leastDb?: number | undefined;
}

/** What one width does to the weights of one layer. */
export interface WeightsAt {
  readonly bits: number;
  /** The largest level. */
  readonly clipLevel: number;
  /** Share of weights beyond it, 0..1. */
  readonly clippedFraction: number;
  /** 10 log10(sum of w^2 / sum of squared errors), in decibels; `Infinity` where nothing was lost. */
  readonly signalToNoiseDb: number;
}

export interface LayerStudy {
  readonly layer: string;
  readonly weights: number;
  readonly largestMagnitude: number;
  /** In the order of the request's bits. */
  readonly at: readonly WeightsAt[];
  /** Fewest of the studied bits that reach `leastDb`; null where none does. */
  readonly neededBits: number | null;
}

export interface WeightStudy {
  readonly scheme: WeightScheme;
  readonly layout: LevelLayoutName;
  readonly bits: readonly number[];
  readonly leastDb: number;
  readonly layers: readonly LayerStudy[];
}

/**
 * Quantizes the weights of each layer, one scale per tensor, at each width, and says what is lost.
 *
 * @param layers the weights of one layer after another; they are not kept
 * @throws AccelsimError where the scheme has no such layout or width, or naming a layer whose weights cannot be quantized
 */
export function studyWeights(
  layers: Iterable<{ readonly layer: string; readonly values: ArrayLike<number> }>,
  { scheme, layout = ownLayout(scheme), bits, leastDb = DEFAULT_LEAST_DB }: WeightStudyRequest,
  source = 'weights',
): WeightStudy {
  const issues: Issue[] = [];
  const studied: LayerStudy[] = [];
  for (const { layer, values } of layers) {
    try {
      studied.push(studyLayer(layer, values, bits, leastDb, { scheme, layout }));
    } catch (error) {
      if (!(error instanceof AccelsimError)) throw error;
      const ofValues = error.issues.filter(({ path }) => path.startsWith('values'));
      // A width that a scheme has not is the request's mistake, and the same for every layer.
      if (ofValues.length < error.issues.length) throw error;
      for (const issue of ofValues) issues.push({ ...issue, source, path: `${layer}.${issue.path}` });
    }
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  return { scheme, layout, bits, leastDb, layers: studied };
}

/**
 * Widths, in bits, that a scheme has levels for.
 * @throws AccelsimError where it has no such layout
 */
export function weightWidths(scheme: WeightScheme, layout: LevelLayoutName = ownLayout(scheme)): readonly number[] {
  const { layouts, bits }: Quantizer = quantizers[scheme];
  if (layouts.includes(layout)) return bits(layout);
  throw failure('layout', '', `of ${scheme} must be ${layouts.join(' or ')}`, layout);
}

function studyLayer(
  layer: string,
  values: ArrayLike<number>,
  bits: readonly number[],
  leastDb: number,
  { scheme, layout }: { readonly scheme: WeightScheme; readonly layout: LevelLayoutName },
): LayerStudy {
  const at = bits.map((width): WeightsAt => {
    const quantized = quantize(scheme, values, { bits: width, layout });
    const { signalToNoiseDb } = quantizationError(values, quantized);
    const { clipLevel } = quantized.grid;
    return { bits: width, clipLevel, clippedFraction: clippedFraction(values, clipLevel), signalToNoiseDb };
  });
  const enough = at.filter(({ signalToNoiseDb }) => signalToNoiseDb >= leastDb).map((one) => one.bits);
  return {
    layer,
    weights: values.length,
    largestMagnitude: largestMagnitude(values),
    at,
    neededBits: enough.length === 0 ? null : Math.min(...enough),
  };
}

function ownLayout(scheme: WeightScheme): LevelLayoutName {
  const { layouts }: Quantizer = quantizers[scheme];
  return layouts.find((layout) => levelLayouts[layout].signed)!;
}

function clippedFraction(values: ArrayLike<number>, clipLevel: number): number {
  let clipped = 0;
  for (let at = 0; at < values.length; at += 1) if (Math.abs(values[at]!) > clipLevel) clipped += 1;
  return clipped / values.length;
}
