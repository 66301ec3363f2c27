import { z } from 'zod';
import { broadcastGeometry } from './broadcast.js';
import { commonFields, fusedActivation, name } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';

const description = 'product, difference and the like of two tensors, element by element, as where a gate scales a map';

const schema = z
  .strictObject({
    ...commonFields('elementwise'),
    inputs: z
      .tuple([name('left operand'), name('right operand')])
      .meta({ description: 'the two tensors, of one shape or 1 along an axis where one is repeated' }),
    function: z
      .enum(['multiply', 'subtract', 'divide', 'maximum', 'minimum', 'power', 'compare'])
      .meta({ description: 'what is made of two elements; each costs one vector operation' }),
    activation: fusedActivation,
  })
  .meta({ description });

export const elementwise = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: true,
  infer: (spec, inputs, report) => broadcastGeometry(spec.inputs, inputs, 1, report),
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
