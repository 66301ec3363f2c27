import { z } from 'zod';
import { activationFunctionNames, activationFunctions } from './activation-functions.js';
import { commonFields, input } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'function of one tensor by itself: a non-linearity that is not fused, a normalisation, softmax';

const schema = z
  .strictObject({
    ...commonFields('activation'),
    input,
    function: z.enum(activationFunctionNames).meta({
      description:
        'what is applied: one vector operation for each element, 2 for rotary, 3 for rms-normalization, 5 for softmax and normalisations over an axis, 8 for local-response-normalization',
    }),
  })
  .meta({ description });

export const activation = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: true,
  infer(spec, [shape]) {
    if (shape === undefined) return undefined;
    const chosen: { readonly operations: number; readonly mixesRows?: boolean } = activationFunctions[spec.function];
    return {
      output: shape,
      nest: pointNest(shape.channels, 1, 1, shape.height, shape.width),
      operationsPerOutput: chosen.operations,
      mixesRows: chosen.mixesRows ?? false,
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
