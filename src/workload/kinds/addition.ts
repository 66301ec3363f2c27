import { z } from 'zod';
import { broadcastGeometry } from './broadcast.js';
import { commonFields, fusedActivation, name } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';

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
  sumsInputs: true,
  infer: (spec, inputs, report) => broadcastGeometry(spec.inputs, inputs, inputs.length - 1, report),
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
