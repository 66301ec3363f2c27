import type { LevelLayoutName } from '../level-layout.js';

/** Between which values a tensor is rounded. */
export interface LevelRange {
  /** The lowest level. */
  readonly least: number;
  /** The clipping level. */
  readonly greatest: number;
  /** Largest magnitude of the values, taken as a constant. */
  readonly largest: number;
}

/** A way to choose the levels that a tensor is rounded to. All quantizers are uniform; they differ in where they clip. */
export interface Quantizer {
  readonly description: string;
  /** Publication the equations are from. */
  readonly source: string;
  /** Layouts it can have; the first is its own. */
  readonly layouts: readonly LevelLayoutName[];
  /** Widths it is defined for. */
  readonly bits: (layout: LevelLayoutName) => readonly number[];
  /** `given`: the clipping level is a parameter, learned or set. `chosen`: it follows from the values. */
  readonly clipping: 'given' | 'chosen';
  /** Quantizing its own output, clipping level chosen anew, changes nothing. */
  readonly keepsItsOutput: boolean;
  /**
   * What is rounded in place of the values: most round the values themselves.
   * @throws AccelsimError if it is not defined for them
   */
  readonly prepare: (values: ArrayLike<number>) => ArrayLike<number>;
  /** The largest level, from 0, for prepared values; asked only where `clipping` is `chosen`. */
  readonly clipLevel: (prepared: ArrayLike<number>, bits: number, layout: LevelLayoutName) => number;
  /**
   * The function, at one value, whose derivative training uses in place of that of the rounding, which is 0 almost
   * everywhere (straight-through estimate).
   */
  readonly surrogate: (value: number, range: LevelRange) => number;
  /** Its derivative by the value. */
  readonly slope: (value: number, range: LevelRange) => number;
}

/** For the quantizers that round what they are given. */
export function asTheyAre(values: ArrayLike<number>): ArrayLike<number> {
  return values;
}

/** `value` where it lies between the bounds, else the nearer bound. */
export function clip(value: number, least: number, greatest: number): number {
  return value < least ? least : value > greatest ? greatest : value;
}

/** The largest magnitude; 0 of nothing. */
export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < values.length; at += 1) largest = Math.max(largest, Math.abs(values[at]!));
  return largest;
}

/** Slope of a clip that passes both of its ends. */
export function insideOrOn(value: number, { least, greatest }: LevelRange): number {
  return value >= least && value <= greatest ? 1 : 0;
}
