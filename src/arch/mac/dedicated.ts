import { z } from 'zod';
import { failure } from '../../errors.js';
import { BITS_ALLOWED, bitsSchema } from '../../precision/index.js';
import { section } from '../section.js';
import { macAreaSchema, macAreaUm2 } from './area.js';
import { macEnergySchema } from './energy.js';
import { storedAsIs, wholeDigits, type MacKind } from './mac-kind.js';

/** Widths one would build units for, one halving after the other; a one-bit multiplier is a gate, not a MAC. */
const HALVINGS: readonly number[] = [2, 4, 8, 16];

const schema = section(
  {
    kind: z.literal('dedicated').meta({ description: 'silicon built for one width' }),
    designBits: z.union([bitsSchema, z.literal('run')]).meta({
      description: 'operand width the units are built for, in bits; "run": the nominal width of each run',
    }),
    referenceBits: bitsSchema.meta({
      description: 'width of the MACs whose area, times rows and columns, is the budget of the array, in bits',
    }),
    area: macAreaSchema,
    energy: macEnergySchema.optional(),
  },
  'MAC units built for one width: the area of the reference array buys more of them as they shrink',
);

export type DedicatedMac = z.output<typeof schema>;

/**
 * The MACs of Fig. 6(b) of PACT (arXiv:1805.06085): built at d bits, one MAC per cycle, and as many of them as the area
 * of the reference array holds. Operands wider than d are cut into digits of d bits: ceil(w / d) ceil(a / d) passes, as
 * in the first TPU, which halves its speed at 8 by 16 bits and quarters it at 16 by 16 (Jouppi et al., ISCA 2017).
 *
 * Odd widths: built for the run, 3, 5, 6 and 7 bits get units of just that width; on units of a fixed width they run as d
 * bits, or in as many digits of d bits as hold them. A pass takes what a fixed MAC of d bits takes, whatever lies in it.
 */
export const dedicated = {
  description: 'built for one width; at equal area, narrower units are more numerous',
  schema,

  designBits(spec, runBits) {
    if (spec.designBits !== 'run') return spec.designBits;
    if (runBits !== null) return runBits;
    const rule = '"run" builds the units for the nominal width of a run, and this run has none';
    throw failure('machine', 'mac.designBits', rule, undefined, 'state a width');
  },

  rate: (_spec, designBits, weightBits, activationBits) => ({
    lanes: 1,
    passes: passesOf(designBits, weightBits, activationBits),
  }),

  computedBits: (_spec, designBits, weightBits, activationBits) => ({
    weightBits: wholeDigits(weightBits, designBits),
    activationBits: wholeDigits(activationBits, designBits),
  }),

  elementAreaUm2: (spec, designBits) => macAreaUm2(spec.area, designBits, designBits),

  energyPj: (_spec, designBits, weightBits, activationBits, fixedMacPj) =>
    passesOf(designBits, weightBits, activationBits) * fixedMacPj(designBits, designBits),

  referenceBits: (spec) => spec.referenceBits,

  storedValue: storedAsIs,

  taken(_spec, designBits, weightBits, activationBits) {
    const passes = passesOf(designBits, weightBits, activationBits);
    return `in ${passes} ${passes === 1 ? 'pass' : 'passes'} of ${designBits} bits`;
  },

  label: (_spec, designBits) => `dedicated ${designBits}-bit MACs`,

  narrowerBits(spec, bits) {
    const design = spec.designBits;
    // Units of a fixed width gain where an operand loses a digit.
    const gains = design === 'run' ? HALVINGS : BITS_ALLOWED.filter((width) => width % design === 0);
    return gains.findLast((width) => width < bits) ?? null;
  },
} as const satisfies MacKind<DedicatedMac>;

/** One for each pair of digits. */
function passesOf(designBits: number, weightBits: number, activationBits: number): number {
  return Math.ceil(weightBits / designBits) * Math.ceil(activationBits / designBits);
}
