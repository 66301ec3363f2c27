import { z } from 'zod';
import { MAX_SIZE } from '../limits.js';
import { fusedFunctionNames } from './activation-functions.js';

/** A whole number of at least 1. */
export function size(description: string) {
  return z.int().min(1).max(MAX_SIZE).meta({ description });
}

/** Name of a layer or tensor. */
export function name(description: string) {
  return z
    .string()
    .max(200)
    .regex(/^[^\s\p{Cc}](?:[^\p{Cc}\p{Zl}\p{Zp}]*[^\s\p{Cc}])?$/u, {
      error: 'must be a name: not empty, on one line, without control characters or a space at either end',
    })
    .meta({ description });
}

export const shapeFields = {
  channels: size('feature maps; for a sequence, features'),
  height: size('rows; for a sequence, positions'),
  width: size('columns; for a sequence, 1'),
} as const;

/** Fields of every layer. */
export function commonFields<Kind extends string>(kind: Kind) {
  return {
    name: name('of the layer and of the tensor it makes; no other layer or input has it'),
    kind: z.literal(kind),
    output: z
      .strictObject(shapeFields)
      .optional()
      .meta({ description: 'shape of the output, checked against the one that follows from the input' }),
  } as const;
}

/** The one tensor a layer reads. */
export const input = name('the layer or network input that is read');

/** What a tensor is kept for, if that sets the bits at which it is stored. */
export const role = z
  .literal('cache')
  .optional()
  .meta({ description: 'cache: keys or values that attention keeps from step to step, stored at bits of their own' });

/** Two axes alike (a number) or each its own. */
export function perAxis(description: string) {
  return z
    .union([
      size('rows and columns alike'),
      z.strictObject({ rows: size('along the height'), columns: size('along the width') }),
    ])
    .meta({ description });
}

const edge = (description: string) => z.int().min(0).max(MAX_SIZE).meta({ description });

const allSides = edge('on all four sides');
const perAxisSides = z.strictObject({ rows: edge('above and below, each'), columns: edge('left and right, each') });
const eachSide = z.strictObject({
  top: edge('above'),
  bottom: edge('below'),
  left: edge('left'),
  right: edge('right'),
});

/** Zeros around the input. */
export const padding = z
  .union([
    allSides,
    z
      .literal('same')
      .meta({ description: 'as many as give ceil(input / stride) outputs, the odd one below and right' }),
    perAxisSides,
    eachSide,
  ])
  .meta({ description: 'rows and columns of zeros around the input' });

/** Padding that is stated in numbers. */
export const fixedPadding = z
  .union([allSides, perAxisSides, eachSide])
  .meta({ description: 'rows and columns cut off around the output' });

export type PerAxis = z.output<ReturnType<typeof perAxis>>;
export type Padding = z.output<typeof padding>;

/** The value of each axis. */
export function axes(value: PerAxis): { readonly rows: number; readonly columns: number } {
  return typeof value === 'number' ? { rows: value, columns: value } : value;
}

export const fusedActivation = z
  .enum(['none', ...fusedFunctionNames])
  .default('none')
  .meta({ description: 'non-linearity applied to the output on its way out, at no cost' });
