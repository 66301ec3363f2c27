import { z } from 'zod';
import { shapeElements } from '../tensor-shape.js';
import { commonFields, input, role, shapeFields } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'elements that are moved and not changed: padding, repeating, gathering, a write into a cache';

const schema = z
  .strictObject({
    ...commonFields('copy'),
    input,
    output: z.strictObject(shapeFields).optional().meta({
      description:
        'shape of the copy, the input’s where left out; of more elements the added ones are not read, of fewer only those are',
    }),
    role,
  })
  .meta({ description });

/** Unlike other kinds, it has the output that its author states. */
export const copy = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: false,
  infer(spec, [shape]) {
    if (shape === undefined) return undefined;
    const output = spec.output ?? shape;
    return {
      output,
      nest: pointNest(output.channels, 1, 1, output.height, output.width),
      operationsPerOutput: 1,
      mixesRows: true,
      readElements: Math.min(shapeElements(shape), shapeElements(output)),
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
