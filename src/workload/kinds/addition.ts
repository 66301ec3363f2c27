import { z } from 'zod';
import { outputElements } from '../loop-nest.js';
import { formatShape, sameShape } from '../tensor-shape.js';
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
      .meta({ description: 'the tensors that are added, all of one shape' }),
    activation: fusedActivation,
  })
  .meta({ description });

export const addition = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: true,
  infer(spec, [first, ...others], report) {
    if (first === undefined) return undefined;
    for (const [index, other] of others.entries()) {
      if (sameShape(first, other)) continue;
      const rule = `must have the shape of "${spec.inputs[0]}", ${formatShape(first)}`;
      report(['inputs', index + 1], rule, `"${spec.inputs[index + 1]}", ${formatShape(other)}`);
    }
    return { output: first, nest: pointNest(first.channels, 1, 1, first.height, first.width) };
  },
  withBatch: setBatch,
  vectorOperations: (nest, inputs) => outputElements(nest) * (inputs - 1),
} as const satisfies LayerKind<z.output<typeof schema>>;
