import { z } from 'zod';
import { failure } from '../../errors.js';
import { bitsSchema } from '../../precision/index.js';

/** The width of a row of measured MACs. */
export const rowBits = bitsSchema.meta({ description: 'width of both operands, in bits' });

/** Measured square MACs of one section, from narrow to wide; no wider one has less of `figure`. */
export function squareRows<Row extends { readonly bits: number }>(
  row: z.ZodType<Row>,
  figure: (row: Row) => number,
  noun: string,
) {
  return z
    .array(row)
    .min(1)
    .refine((rows) => rows.every((one, index) => index === 0 || rows[index - 1]!.bits < one.bits), {
      error: 'must go from narrow to wide, each width once',
    })
    .refine((rows) => rows.every((one, index) => index === 0 || figure(rows[index - 1]!) <= figure(one)), {
      error: `must not give a wider MAC less ${noun} than a narrower one`,
    })
    .meta({ description: 'square widths in ascending order' });
}

/**
 * The row of a MAC of these widths: a width between two rows takes the wider one, as a unit of that width would be used.
 * @throws AccelsimError at `path` if no row is as wide.
 */
export function rowFor<Row extends { readonly bits: number }>(
  rows: readonly Row[],
  weightBits: number,
  activationBits: number,
  path: string,
): Row {
  const bits = Math.max(weightBits, activationBits);
  const row = rows.find((candidate) => candidate.bits >= bits);
  if (row !== undefined) return row;
  const rule = `must have a row of ${bits} bits or more; the widest has ${rows.at(-1)!.bits}`;
  throw failure('machine', path, rule);
}
