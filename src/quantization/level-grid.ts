import { failure } from '../errors.js';
import { type IntegerFormat, type LevelLayout, type LevelLayoutName, levelLayouts } from './level-layout.js';

/** The levels one tensor is rounded to. */
export interface LevelGrid {
  readonly layout: LevelLayoutName;
  readonly bits: number;
  /** The largest level; 0 where the tensor is all zero. */
  readonly clipLevel: number;
  /** A level is (gain x code + offset) x step. */
  readonly step: number;
}

/**
 * The grid whose largest level is `clipLevel`.
 * @throws AccelsimError if the level is negative, not finite, or too small to be divided into levels
 */
export function gridOf(layout: LevelLayoutName, bits: number, clipLevel: number): LevelGrid {
  const { gain, offset, greatestCode }: LevelLayout = levelLayouts[layout];
  if (!(clipLevel >= 0 && clipLevel < Infinity)) {
    throw failure('quantizer', 'clipLevel', 'must be a finite number from 0', clipLevel);
  }
  const step = clipLevel / (gain * greatestCode(bits) + offset);
  // Below the normal numbers a step loses its digits.
  if (clipLevel > 0 && step < Number.MIN_VALUE / Number.EPSILON) {
    throw failure('quantizer', 'clipLevel', 'is too small to be divided into levels', clipLevel);
  }
  return { layout, bits, clipLevel, step };
}

/** How many levels a grid has. */
export function levelCount({ layout, bits }: Pick<LevelGrid, 'layout' | 'bits'>): number {
  const { leastCode, greatestCode }: LevelLayout = levelLayouts[layout];
  return greatestCode(bits) - leastCode(bits) + 1;
}

/** How a grid's codes are written. */
export function formatOf({ layout, bits }: LevelGrid): IntegerFormat {
  return { bits, signed: levelLayouts[layout].signed };
}

/** Code of the nearest level for each value; the upper one of two that are equally near. */
export function codesOf(grid: LevelGrid, values: ArrayLike<number>): Int32Array {
  const { gain, offset, leastCode, greatestCode }: LevelLayout = levelLayouts[grid.layout];
  const [least, greatest] = [leastCode(grid.bits), greatestCode(grid.bits)];
  const codes = new Int32Array(values.length);
  // A step of 0 is that of an all-zero tensor, whose codes are 0.
  if (grid.step === 0) return codes;
  for (let at = 0; at < codes.length; at += 1) {
    const code = Math.round((values[at]! / grid.step - offset) / gain);
    codes[at] = code < least ? least : code > greatest ? greatest : code;
  }
  return codes;
}

/** What the codes stand for. */
export function levelsOf(grid: LevelGrid, codes: ArrayLike<number>): Float64Array {
  const { gain, offset }: LevelLayout = levelLayouts[grid.layout];
  const levels = new Float64Array(codes.length);
  for (let at = 0; at < levels.length; at += 1) levels[at] = (gain * codes[at]! + offset) * grid.step;
  return levels;
}
