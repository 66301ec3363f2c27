import { z } from 'zod';
import { BITS_ALLOWED } from '../../precision/index.js';
import { section } from '../section.js';
import { macAreaSchema, macAreaUm2 } from './area.js';
import { macEnergySchema } from './energy.js';
import {
  FLOAT_WIDTHS,
  floatFormats,
  type FloatFormatName,
  formatsByWidth,
  storedFormat,
  usualSignificandBits,
} from './float-format.js';
import { energyPerMac, type MacKind, type MacRate } from './mac-kind.js';

const formatOf = (bits: (typeof FLOAT_WIDTHS)[number]) =>
  z
    .enum(formatsByWidth[bits])
    .optional()
    .meta({ description: `format of ${bits}-bit operands` });

const formats = z
  .strictObject({ 4: formatOf(4), 6: formatOf(6), 8: formatOf(8), 16: formatOf(16), 32: formatOf(32) })
  .refine((stated) => Object.keys(stated).length > 0, { error: 'must state the format of at least one width' })
  .meta({
    description: 'by operand width in bits, which format it means; other widths use that of the next wider one',
  });

const schema = section(
  {
    kind: z.literal('floating-point').meta({ description: 'operands that carry exponents of their own' }),
    formats,
    flexibilityFactor: z.number().min(1).max(100).default(1).meta({
      description:
        'area of the unit over that of a fixed-point MAC as wide as the longest significand of its formats: what exponents and several formats cost',
    }),
    energyFactor: z.number().min(1).max(100).optional().meta({
      description: 'energy of a cycle over that of the same fixed-point MAC; 1 if left out',
    }),
    area: macAreaSchema,
    energy: macEnergySchema.optional(),
  },
  'floating-point MAC units: one product of the widest format per cycle, more of narrower ones',
);

export type FloatingPointMac = z.output<typeof schema>;

/**
 * Floating-point units as in the matrix engines of today: of formats half as wide they do twice as many products per
 * cycle, in the format of the wider operand. Which format a width means, its section says. Values of an MX format carry
 * a share of their block's scale wherever they are stored (8 bits for 32 values), so that mxfp4 takes 4.25 bits of memory
 * and traffic.
 *
 * Odd widths become the next wider format, in memory as well: with fp8 and mxfp4, 3 bits are mxfp4, and 5, 6 and 7 are fp8.
 * Operands wider than the widest format are sums of several of its values, as bf16 stands in for fp32 in Henry, Tang
 * and Heinecke (ARITH 2019, arXiv:1904.06376): ceil(p / q) values of q significand bits for p, two at least, and one pass
 * for each pair.
 */
export const floatingPoint = {
  description: 'fp16, bf16, fp8 and MX formats; shared scales count wherever values are stored',
  schema,

  designBits: (spec) => floatFormats[widestOf(spec)].bits,

  rate: (spec, _designBits, weightBits, activationBits) => rateOf(spec, weightBits, activationBits),

  computedBits(spec, _designBits, weightBits, activationBits) {
    const format = formatFor(spec, Math.max(weightBits, activationBits));
    if (format === undefined) return { weightBits, activationBits };
    const { bits } = floatFormats[format];
    return { weightBits: bits, activationBits: bits };
  },

  elementAreaUm2: (spec) => atLongestSignificand(spec, (p) => macAreaUm2(spec.area, p, p)) * spec.flexibilityFactor,

  energyPj: (spec, _designBits, weightBits, activationBits, fixedMacPj) =>
    energyPerMac(
      atLongestSignificand(spec, (p) => fixedMacPj(p, p)) * (spec.energyFactor ?? 1),
      rateOf(spec, weightBits, activationBits),
    ),

  referenceBits: (spec) => floatFormats[widestOf(spec)].bits,

  storedValue(spec, bits) {
    const format = formatFor(spec, bits);
    return format === undefined ? { bits } : storedFormat(format);
  },

  taken(spec, _designBits, weightBits, activationBits) {
    const format = formatFor(spec, Math.max(weightBits, activationBits));
    if (format !== undefined) return `as ${format}`;
    return `as sums of ${valuesFor(spec, weightBits)} x ${valuesFor(spec, activationBits)} values of ${widestOf(spec)}`;
  },

  label: (spec) => `floating-point MACs (${statedFormats(spec).toReversed().join(', ')})`,

  narrowerBits(spec, bits) {
    const speedAt = (width: number): number => lanesOf(spec, width) / valuesFor(spec, width) ** 2;
    return BITS_ALLOWED.findLast((width) => width < bits && speedAt(width) > speedAt(bits)) ?? null;
  },
} as const satisfies MacKind<FloatingPointMac>;

function rateOf(spec: FloatingPointMac, weightBits: number, activationBits: number): MacRate {
  return {
    lanes: lanesOf(spec, Math.max(weightBits, activationBits)),
    passes: valuesFor(spec, weightBits) * valuesFor(spec, activationBits),
  };
}

/** Products of the format of `bits` that the silicon of one of the widest format does at a time. */
function lanesOf(spec: FloatingPointMac, bits: number): number {
  const widest = widestOf(spec);
  return Math.floor(floatFormats[widest].bits / floatFormats[formatFor(spec, bits) ?? widest].bits);
}

/** Values of the widest format that make up one of `bits`. */
function valuesFor(spec: FloatingPointMac, bits: number): number {
  if (formatFor(spec, bits) !== undefined) return 1;
  // A significand that one value would hold has exponents that it does not.
  return Math.max(2, Math.ceil(usualSignificandBits(bits) / floatFormats[widestOf(spec)].significandBits));
}

/** The narrowest format that holds `bits`. */
function formatFor(spec: FloatingPointMac, bits: number): FloatFormatName | undefined {
  return statedFormats(spec).find((name) => floatFormats[name].bits >= bits);
}

/** From narrow to wide. */
function statedFormats({ formats: stated }: FloatingPointMac): FloatFormatName[] {
  return FLOAT_WIDTHS.flatMap((bits) => stated[bits] ?? []);
}

function widestOf(spec: FloatingPointMac): FloatFormatName {
  return statedFormats(spec).at(-1)!;
}

function atLongestSignificand(spec: FloatingPointMac, figure: (significandBits: number) => number): number {
  return figure(Math.max(...statedFormats(spec).map((name) => floatFormats[name].significandBits)));
}
