import { z } from 'zod';

const source = z
  .string()
  .min(1)
  .optional()
  .meta({ description: 'where the number comes from: a citation, or "assumed: why"' });

/**
 * One object of a machine file. Beside its fields it may carry `sources`, which says field by field where a number
 * comes from; a key of `sources` that is no field beside it is refused like any unknown field.
 */
export function section<Shape extends z.ZodRawShape>(shape: Shape, description: string) {
  const fields = Object.fromEntries(Object.keys(shape).map((field) => [field, source]));
  const sources = z
    .strictObject(fields)
    .optional()
    .meta({ description: 'field by field, where the number comes from' });
  return z.strictObject({ ...shape, sources }).meta({ description });
}
