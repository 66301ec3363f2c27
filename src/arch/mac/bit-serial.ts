import { z } from 'zod';
import { BITS_ALLOWED, bitsSchema } from '../../precision/index.js';
import { section } from '../section.js';
import { macAreaSchema, macAreaUm2 } from './area.js';
import { macEnergySchema } from './energy.js';
import { energyPerMac, storedAsIs, wholeDigits, type MacKind, type MacRate } from './mac-kind.js';

const MAX_LANES = 4096;

const schema = section(
  {
    kind: z.literal('bit-serial').meta({ description: 'operands taken bit by bit: cycles follow bits' }),
    serial: z.enum(['activations', 'both']).meta({
      description:
        'activations: one bit of each activation per cycle, by whole weights (Stripes); both: one bit of each (Loom)',
    }),
    referenceBits: bitsSchema.meta({
      description:
        'width, in bits, of the weights that one cycle takes whole, and of the MACs that the area is given for',
    }),
    lanes: z.int().min(1).max(MAX_LANES).optional().meta({
      description:
        'serial multipliers that an element sums side by side; left out, as many as do one MAC of referenceBits per cycle',
    }),
    flexibilityFactor: z.number().min(0.01).max(100).default(1).meta({
      description:
        'area of the lanes that do one MAC of referenceBits per cycle, over that of a fixed MAC of referenceBits',
    }),
    energyFactor: z.number().min(0.01).max(100).optional().meta({
      description: 'energy of a cycle of those lanes, over that of a fixed MAC of referenceBits; 1 if left out',
    }),
    area: macAreaSchema,
    energy: macEnergySchema.optional(),
  },
  'bit-serial MAC units: every bit less saves a cycle, at constant area',
);

export type BitSerialMac = z.output<typeof schema>;

/**
 * Units that take operands bit by bit. With `activations` serial, as in Stripes (Judd et al., MICRO 2016), a lane
 * multiplies a whole weight by one bit of an activation per cycle: a bits take a cycles, and 16 lanes of 16-bit weights
 * do 16 / a MACs per cycle. With `both` serial, as in Loom (Sharify et al., DAC 2018, arXiv:1706.07853), a lane multiplies
 * bit by bit: w a cycles. An element steps through `lanes` products at a time, each step in so many passes.
 *
 * Any width counts: 3, 5, 6 and 7 bits take 3, 5, 6 and 7 cycles. Weights wider than `referenceBits` are cut into digits
 * where they are not serial themselves.
 *
 * Energy and area are those of silicon that is always the same, so a bit less takes a cycle's energy less.
 */
export const bitSerial = {
  description: 'operands taken bit by bit: cycles follow bits, any width counts',
  schema,

  designBits: (spec) => spec.referenceBits,

  rate: (spec, _designBits, weightBits, activationBits) => rateOf(spec, weightBits, activationBits),

  computedBits: ({ serial, referenceBits }, _designBits, weightBits, activationBits) => ({
    weightBits: serial === 'both' ? weightBits : wholeDigits(weightBits, referenceBits),
    activationBits,
  }),

  elementAreaUm2: (spec) =>
    (macAreaUm2(spec.area, spec.referenceBits, spec.referenceBits) * spec.flexibilityFactor * lanesOf(spec)) /
    lanesPerMac(spec),

  energyPj: (spec, _designBits, weightBits, activationBits, fixedMacPj) =>
    energyPerMac(
      (fixedMacPj(spec.referenceBits, spec.referenceBits) * (spec.energyFactor ?? 1) * lanesOf(spec)) /
        lanesPerMac(spec),
      rateOf(spec, weightBits, activationBits),
    ),

  referenceBits: (spec) => spec.referenceBits,

  storedValue: storedAsIs,

  taken(spec, _designBits, weightBits, activationBits) {
    const { passes } = rateOf(spec, weightBits, activationBits);
    return `in ${passes} ${passes === 1 ? 'cycle' : 'cycles'}, bit by bit`;
  },

  label: (spec) =>
    `bit-serial MACs (${spec.serial === 'both' ? 'weights and activations' : 'activations'} serial, ${lanesOf(spec)} lanes)`,

  narrowerBits: (_spec, bits) => BITS_ALLOWED.findLast((width) => width < bits) ?? null,
} as const satisfies MacKind<BitSerialMac>;

function rateOf(spec: BitSerialMac, weightBits: number, activationBits: number): MacRate {
  const weightSteps = spec.serial === 'both' ? weightBits : Math.ceil(weightBits / spec.referenceBits);
  return { lanes: lanesOf(spec), passes: weightSteps * activationBits };
}

function lanesOf(spec: BitSerialMac): number {
  return spec.lanes ?? lanesPerMac(spec);
}

/** Lanes that do one MAC of reference width per cycle. */
function lanesPerMac({ serial, referenceBits }: BitSerialMac): number {
  return serial === 'both' ? referenceBits ** 2 : referenceBits;
}
