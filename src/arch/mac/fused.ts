import { z } from 'zod';
import { BITS_ALLOWED, bitsSchema } from '../../precision/index.js';
import { section } from '../section.js';
import { macAreaSchema, macAreaUm2 } from './area.js';
import { macEnergySchema } from './energy.js';
import { energyPerMac, storedAsIs, wholeDigits, type MacKind, type MacRate } from './mac-kind.js';

/** What a unit takes over a fixed MAC of its widest width. */
interface Overhead {
  readonly area: number;
  readonly energy: number;
}

/**
 * By how often its widest width can be halved. Composable and fixed MACs of 4, 8 and 16 bits at 45 nm, area in um2 and
 * power in mW at 500 MHz: results/systolic_array_synth.csv of github.com/hsharma35/bitfusion, arrays of 1 x 1.
 */
const SYNTHESISED: readonly Overhead[] = [
  { area: 1, energy: 1 },
  { area: 431.47 / 282.24, energy: 0.1569 / 0.1202 },
  { area: 1733.13 / 687.61, energy: 0.5599 / 0.2977 },
  { area: 7492.41 / 2203.24, energy: 2.3324 / 0.9474 },
];

const factor = (noun: string) =>
  z
    .number()
    .min(1)
    .max(100)
    .optional()
    .meta({
      description: `${noun} over that of a fixed MAC of widestBits; left out: what Bit Fusion synthesised, for up to three halvings from widestBits to brickBits`,
    });

const schema = section(
  {
    kind: z.literal('fused').meta({ description: 'small multipliers that compose into wider ones' }),
    brickBits: bitsSchema.meta({ description: 'operand width of the smallest multiplier, in bits' }),
    widestBits: bitsSchema.meta({
      description: 'operand width of all of them composed into one, in bits: brickBits doubled some times',
    }),
    flexibilityFactor: factor('area'),
    energyFactor: factor('energy of a cycle'),
    area: macAreaSchema,
    energy: macEnergySchema.optional(),
  },
  'MAC units of bricks: products per cycle grow with the square of the ratio of widths, at constant area',
).superRefine((spec, context) => {
  const halvings = halvingsOf(spec);
  if (!Number.isInteger(halvings) || halvings < 0) {
    const message = `must be brickBits (${spec.brickBits}) doubled some times`;
    context.addIssue({ code: 'custom', path: ['widestBits'], message, input: spec.widestBits });
  } else if (halvings >= SYNTHESISED.length) {
    for (const path of ['flexibilityFactor', 'energyFactor'] as const) {
      if (spec[path] !== undefined) continue;
      const message = 'must be stated: no synthesis halves its widest width so often';
      context.addIssue({ code: 'custom', path: [path], message, input: undefined });
    }
  }
});

export type FusedMac = z.output<typeof schema>;

/**
 * The fusion unit of Bit Fusion (Sharma et al., ISCA 2018, arXiv:1712.01507): bricks compose in space to multiply operands
 * of every width that is brickBits doubled some times, each operand for itself. Where R is the widest, w by a bits are
 * done (R / w)(R / a) at a time and summed in the unit. Operands wider than R take ceil(w / R) ceil(a / R) passes, as the 16
 * bits of Bit Fusion's own 8-bit units do.
 *
 * Odd widths cost what the next doubled width does: with bricks of 2 bits, 1 bit runs as 2, 3 as 4, and 5, 6 and 7 as 8.
 *
 * A cycle takes the same energy however the bricks are composed; so does Bit Fusion's own simulator count it.
 */
export const fused = {
  description: 'small multipliers composed in space; twice the products for each operand halved',
  schema,

  designBits: (spec) => spec.widestBits,

  rate: (spec, _designBits, weightBits, activationBits) => rateOf(spec, weightBits, activationBits),

  computedBits(spec, _designBits, weightBits, activationBits) {
    const computed = (bits: number): number =>
      bits > spec.widestBits ? wholeDigits(bits, spec.widestBits) : composedBits(spec, bits);
    return { weightBits: computed(weightBits), activationBits: computed(activationBits) };
  },

  elementAreaUm2: (spec) =>
    macAreaUm2(spec.area, spec.widestBits, spec.widestBits) * (spec.flexibilityFactor ?? synthesised(spec).area),

  energyPj: (spec, _designBits, weightBits, activationBits, fixedMacPj) =>
    energyPerMac(
      fixedMacPj(spec.widestBits, spec.widestBits) * (spec.energyFactor ?? synthesised(spec).energy),
      rateOf(spec, weightBits, activationBits),
    ),

  referenceBits: (spec) => spec.widestBits,

  storedValue: storedAsIs,

  taken(spec, _designBits, weightBits, activationBits) {
    const { passes } = rateOf(spec, weightBits, activationBits);
    const widths = `as ${composedBits(spec, weightBits)} x ${composedBits(spec, activationBits)} bits`;
    return passes === 1 ? widths : `${widths}, in ${passes} passes`;
  },

  label: (spec) => `fused ${spec.brickBits}-bit bricks (up to ${spec.widestBits} bits)`,

  narrowerBits(spec, bits) {
    if (bits > spec.widestBits) return BITS_ALLOWED.findLast((width) => width < bits && width % spec.widestBits === 0)!;
    const narrower = composedBits(spec, bits) / 2;
    return narrower < spec.brickBits ? null : narrower;
  },
} as const satisfies MacKind<FusedMac>;

function rateOf(spec: FusedMac, weightBits: number, activationBits: number): MacRate {
  const { widestBits } = spec;
  return {
    lanes: (widestBits / composedBits(spec, weightBits)) * (widestBits / composedBits(spec, activationBits)),
    passes: Math.ceil(weightBits / widestBits) * Math.ceil(activationBits / widestBits),
  };
}

/** The width that bricks compose for an operand of `bits`; the widest for a digit of a wider one. */
function composedBits({ brickBits, widestBits }: FusedMac, bits: number): number {
  let width = brickBits;
  while (width < bits && width < widestBits) width *= 2;
  return width;
}

function halvingsOf({ brickBits, widestBits }: Pick<FusedMac, 'brickBits' | 'widestBits'>): number {
  return Math.log2(widestBits / brickBits);
}

/** The schema has seen to it that there is one, or that nobody asks. */
function synthesised(spec: FusedMac): Overhead {
  return SYNTHESISED[halvingsOf(spec)]!;
}
