/** How integers of one operand are written: `bits` wide, in two's complement where they are signed. */
export interface IntegerFormat {
  readonly bits: number;
  readonly signed: boolean;
}

/**
 * Which levels `bits` bits stand for. Every layout is uniform: the level of an integer code is
 * `(gain x code + offset) x step`, so that a hardware multiplier only ever sees the code.
 */
export interface LevelLayout {
  readonly description: string;
  /** Fewest bits with more than one level. */
  readonly minBits: number;
  readonly signed: boolean;
  readonly gain: 1 | 2;
  readonly offset: 0 | 1;
  readonly leastCode: (bits: number) => number;
  readonly greatestCode: (bits: number) => number;
}

/** Widest operand: products and sums of such operands stay exact in double precision. */
export const MAX_QUANTIZED_BITS = 16;

/** Every layout; a quantizer names those it can have. */
export const levelLayouts = {
  unsigned: {
    description: '2^b levels from 0 to the clipping level: activations behind a ReLU',
    minBits: 1,
    signed: false,
    gain: 1,
    offset: 0,
    leastCode: () => 0,
    greatestCode: (bits) => 2 ** bits - 1,
  },
  'no-zero': {
    description: '2^b levels, symmetric, zero lies between two of them: -a, -a/3, a/3, a at 2 bits',
    minBits: 1,
    signed: true,
    // Levels are odd multiples of the step; halved and shifted they fit b bits of two's complement.
    gain: 2,
    offset: 1,
    leastCode: (bits) => -(2 ** (bits - 1)),
    greatestCode: (bits) => 2 ** (bits - 1) - 1,
  },
  'with-zero': {
    description: '2^b - 1 levels, symmetric, one of them zero: -a, 0, a at 2 bits',
    minBits: 2,
    signed: true,
    gain: 1,
    offset: 0,
    leastCode: (bits) => 1 - 2 ** (bits - 1),
    greatestCode: (bits) => 2 ** (bits - 1) - 1,
  },
} as const satisfies Record<string, LevelLayout>;

export type LevelLayoutName = keyof typeof levelLayouts;

/** Widths a layout can have: from its fewest bits to 16. */
export function layoutBits(name: LevelLayoutName): readonly number[] {
  const { minBits } = levelLayouts[name];
  return Array.from({ length: MAX_QUANTIZED_BITS - minBits + 1 }, (_, index) => minBits + index);
}
