import { z } from 'zod';
import { broadcastShape } from './broadcast.js';
import { commonFields, fusedActivation, name } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

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
  infer(spec, inputs, report) {
    const output = broadcastShape(spec.inputs, inputs, report);
    if (output === undefined) return undefined;
    return {
      output,
      nest: pointNest(output.channels, 1, 1, output.height, output.width),
      operationsPerOutput: 1,
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
