import { z } from 'zod';
import { outputElements } from '../loop-nest.js';
import { commonFields, input, nonLinearities } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'non-linearity by itself, for a value that is also needed without it';

const schema = z
  .strictObject({
    ...commonFields('activation'),
    input,
    function: z
      .enum([...nonLinearities, 'softmax', 'layer-normalization'])
      .meta({ description: 'what is applied; each costs one vector operation for each element' }),
  })
  .meta({ description });

export const activation = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: true,
  infer(_spec, [shape]) {
    if (shape === undefined) return undefined;
    return { output: shape, nest: pointNest(shape.channels, 1, 1, shape.height, shape.width) };
  },
  withBatch: setBatch,
  vectorOperations: (nest) => outputElements(nest),
} as const satisfies LayerKind<z.output<typeof schema>>;
