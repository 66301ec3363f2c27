import { z } from 'zod';
import type { Issue } from '../errors.js';
import { show } from '../errors.js';
import { MAX_SIZE } from '../workload/limits.js';
import { BITS_RULE, bitsSchema, isAllowedBits } from './bits.js';

/** What a file may state of a layer. What it leaves out follows from other entries, or from the layer's neighbours. */
export interface StatedBits {
  readonly weightBits?: number | undefined;
  /** At which the layer computes with what it reads. */
  readonly activationBits?: number | undefined;
  /** At which its output is stored. */
  readonly outputBits?: number | undefined;
  readonly accumulatorBits?: number | undefined;
  /** Weights that share a scale, where scales are so many that their bytes count. */
  readonly weightGroupSize?: number | undefined;
  /** Of each such group: its scale, and its zero point where it has one. */
  readonly weightScaleBits?: number | undefined;
}

export type StatedField = keyof StatedBits;

/** Of the scale of a group where only the group's size is stated: what most quantizers store. */
export const DEFAULT_SCALE_BITS = 16;

interface Field {
  readonly rule: string;
  readonly allows: (value: number) => boolean;
}

const width: Field = { rule: BITS_RULE, allows: isAllowedBits };

const MAX_SCALE_BITS = 64;

/** Every field a file may state, with what it may be; columns of a CSV derive from the keys. */
export const statedFields = {
  weightBits: width,
  activationBits: width,
  outputBits: width,
  accumulatorBits: width,
  weightGroupSize: {
    rule: `must be a whole number from 1 to ${MAX_SIZE} (weights)`,
    allows: (value) => Number.isInteger(value) && value >= 1 && value <= MAX_SIZE,
  },
  weightScaleBits: {
    rule: `must be a whole number from 1 to ${MAX_SCALE_BITS} (bits)`,
    allows: (value) => Number.isInteger(value) && value >= 1 && value <= MAX_SCALE_BITS,
  },
} as const satisfies Record<StatedField, Field>;

export const STATED_FIELDS: readonly StatedField[] = Object.keys(statedFields).filter((name): name is StatedField =>
  Object.hasOwn(statedFields, name),
);

/** As fields of a JSON file. */
export const statedSchemas = {
  weightBits: bitsSchema.meta({ description: 'width of the weights, in bits (1 to 16, or 32)' }),
  activationBits: bitsSchema.meta({
    description: 'width at which a layer computes with what it reads, in bits (1 to 16, or 32)',
  }),
  outputBits: bitsSchema.optional().meta({
    description: 'width at which the output is stored, in bits; left out: the widest that a reader of it wants',
  }),
  accumulatorBits: bitsSchema.optional().meta({ description: 'width of partial sums, in bits; left out: 32' }),
  weightGroupSize: z.int().min(1).max(MAX_SIZE).optional().meta({
    description: 'weights that share a scale; left out: scales are so few that their bytes are not counted',
  }),
  weightScaleBits: z
    .int()
    .min(1)
    .max(MAX_SCALE_BITS)
    .optional()
    .meta({
      description: `bits of the scale (and zero point) of each group of weights; left out: ${DEFAULT_SCALE_BITS}`,
    }),
} as const satisfies Record<StatedField, z.ZodType>;

/** What of `bits` is nothing that a layer can have: a value may come from a program as well as from a file. */
export function statedIssues(bits: StatedBits, source: string, path: string): Issue[] {
  return STATED_FIELDS.flatMap((field) => {
    const value: unknown = bits[field];
    if (value === undefined || (typeof value === 'number' && statedFields[field].allows(value))) return [];
    return [
      { source, path: path === '' ? field : `${path}.${field}`, rule: statedFields[field].rule, found: show(value) },
    ];
  });
}
