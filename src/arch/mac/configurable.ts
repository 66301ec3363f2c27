import { z } from 'zod';
import { bitsSchema } from '../../precision/index.js';
import { section } from '../section.js';
import { macAreaSchema, macAreaUm2 } from './area.js';
import { macEnergySchema } from './energy.js';
import { energyPerMac, storedAsIs, wholeDigits, type MacKind, type MacRate } from './mac-kind.js';

const schema = section(
  {
    kind: z.literal('configurable').meta({ description: 'one array for every precision, switched at run time' }),
    referenceBits: bitsSchema
      .default(16)
      .meta({ description: 'operand width at which an element does one MAC per cycle, in bits' }),
    modeBits: z
      .array(bitsSchema)
      .min(1)
      .refine((modes) => new Set(modes).size === modes.length, { error: 'must name each mode once' })
      .meta({
        description:
          'operand widths the unit can be switched to, in bits; each divides referenceBits, and gives referenceBits / mode MACs per cycle',
      }),
    flexibilityFactor: z.number().min(1).max(100).default(1).meta({
      description: 'area of the unit over that of a fixed MAC of referenceBits: what being configurable costs',
    }),
    energyFactor: z.number().min(1).max(100).optional().meta({
      description:
        'energy of a cycle of the unit over that of a fixed MAC of referenceBits: what being configurable costs; 1 if left out',
    }),
    area: macAreaSchema,
    energy: macEnergySchema.optional(),
  },
  'precision-configurable MAC units: constant area, more MACs per cycle as operands narrow',
).superRefine((spec, context) => {
  for (const [index, mode] of spec.modeBits.entries()) {
    if (spec.referenceBits % mode === 0) continue;
    const rule = `must divide referenceBits (${spec.referenceBits}), so that lanes are whole`;
    context.addIssue({ code: 'custom', path: ['modeBits', index], message: rule, input: mode });
  }
});

export type ConfigurableMac = z.output<typeof schema>;

/**
 * The compute unit of the PACT system study (arXiv:1805.06085, section 6): precision is switched at run time, the array
 * stays what it is. At reference width R, operands of B bits run R / B to the element and cycle. Both operands
 * run at the width of the wider one, in the next mode at least as wide.
 *
 * The study leaves the cost of being configurable out. The composable 16-to-2-bit unit of Bit Fusion (ISCA 2018) takes
 * 3.4 times the area of a fixed 16-bit MAC: `flexibilityFactor` states it.
 *
 * Odd widths cost what the next mode does: with modes of 16, 8, 4 and 2 bits, 3 bits run as 4, and 5, 6 and 7 as 8.
 *
 * A cycle takes the same energy in every mode, so that half the bits take half of it per MAC. UNPU, which is
 * configurable in its own way, goes from 3.08 to 50.6 TOPS/W between 16 and 1 bits: 16.4 times (Lee et al., JSSC 2019).
 */
export const configurable = {
  description: 'precision switched at run time, at constant area',
  schema,

  designBits: (spec) => spec.referenceBits,

  rate: (spec, _designBits, weightBits, activationBits) => rateOf(spec, weightBits, activationBits),

  computedBits(spec, _designBits, weightBits, activationBits) {
    const mode = modeFor(spec, Math.max(weightBits, activationBits));
    const computed = (bits: number): number => mode ?? wholeDigits(bits, spec.referenceBits);
    return { weightBits: computed(weightBits), activationBits: computed(activationBits) };
  },

  elementAreaUm2: (spec) => macAreaUm2(spec.area, spec.referenceBits, spec.referenceBits) * spec.flexibilityFactor,

  energyPj: (spec, _designBits, weightBits, activationBits, fixedMacPj) =>
    energyPerMac(
      fixedMacPj(spec.referenceBits, spec.referenceBits) * (spec.energyFactor ?? 1),
      rateOf(spec, weightBits, activationBits),
    ),

  referenceBits: (spec) => spec.referenceBits,

  storedValue: storedAsIs,

  taken(spec, _designBits, weightBits, activationBits) {
    const mode = modeFor(spec, Math.max(weightBits, activationBits));
    if (mode !== undefined) return `in the ${mode}-bit mode`;
    const { passes } = rateOf(spec, weightBits, activationBits);
    return `in ${passes} ${passes === 1 ? 'pass' : 'passes'} of ${spec.referenceBits} bits`;
  },

  label: (spec) => `configurable MACs (${descending(spec.modeBits).join(', ')} bits)`,

  narrowerBits: (spec, bits) => descending(spec.modeBits).find((mode) => mode < (modeFor(spec, bits) ?? bits)) ?? null,
} as const satisfies MacKind<ConfigurableMac>;

function rateOf(spec: ConfigurableMac, weightBits: number, activationBits: number): MacRate {
  const mode = modeFor(spec, Math.max(weightBits, activationBits));
  if (mode !== undefined) return { lanes: spec.referenceBits / mode, passes: 1 };
  const passes = Math.ceil(weightBits / spec.referenceBits) * Math.ceil(activationBits / spec.referenceBits);
  return { lanes: 1, passes };
}

/** The narrowest mode that holds `bits`. */
function modeFor(spec: ConfigurableMac, bits: number): number | undefined {
  let narrowest: number | undefined;
  for (const mode of spec.modeBits) {
    if (mode >= bits && (narrowest === undefined || mode < narrowest)) narrowest = mode;
  }
  return narrowest;
}

function descending(bits: readonly number[]): readonly number[] {
  return bits.toSorted((left, right) => right - left);
}
