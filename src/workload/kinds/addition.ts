import { z } from 'zod';
import { broadcastShape } from './broadcast.js';
import { commonFields, fusedActivation, name } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'elementwise sum, as where a residual shortcut joins';

const schema = z
  .strictObject({
    ...commonFields('addition'),
    inputs: z
      .array(name('a layer or network input that is read'))
      .min(2)
      .meta({ description: 'the tensors that are added, of one shape or 1 along an axis where one is repeated' }),
    activation: fusedActivation,
  })
  .meta({ description });

export const addition = {
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
      operationsPerOutput: inputs.length - 1,
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
