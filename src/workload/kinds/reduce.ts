import { z } from 'zod';
import { shapeElements } from '../tensor-shape.js';
import { commonFields, input } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'mean, sum or the like of all elements along some axes';

const axisNames = { channels: 'channels', rows: 'height', columns: 'width' } as const;

const schema = z
  .strictObject({
    ...commonFields('reduce'),
    input,
    function: z
      .enum(['mean', 'sum', 'maximum', 'minimum', 'product', 'norm'])
      .meta({ description: 'what is made of the elements; one vector operation for each of them' }),
    over: z
      .array(z.enum(['channels', 'rows', 'columns']))
      .min(1)
      .refine((axes) => new Set(axes).size === axes.length, { error: 'must name each axis once' })
      .meta({ description: 'axes that shrink to 1; rows are the positions of a sequence' }),
  })
  .meta({ description });

/** What is kept are the groups, and what is reduced is the window of each. */
export const reduce = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: false,
  infer(spec, [shape]) {
    if (shape === undefined) return undefined;
    const output = { ...shape };
    for (const axis of spec.over) output[axisNames[axis]] = 1;
    const kept = shapeElements(output);
    const reduced = shapeElements(shape) / kept;
    return {
      output,
      nest: { ...pointNest(kept, 1, 1, 1, 1), kernelRows: reduced, inputRows: reduced },
      operationsPerOutput: reduced,
      mixesRows: true,
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
