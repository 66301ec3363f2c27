import { z } from 'zod';
import { formatShape, shapeElements } from '../tensor-shape.js';
import { commonFields, fusedActivation, input, size } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'fully connected layer: a product with a matrix of weights';

const schema = z
  .strictObject({
    ...commonFields('linear'),
    input,
    inputFeatures: size('features of the input, checked if given').optional(),
    outputFeatures: size('features of the output'),
    flatten: z
      .boolean()
      .default(false)
      .meta({ description: 'true: all channels, rows and columns are the features; false: each position by itself' }),
    activation: fusedActivation,
  })
  .meta({ description });

export const linear = {
  description,
  schema,
  engine: 'array',
  secondOperand: 'weights',
  inPlace: false,
  infer(spec, [shape], report) {
    if (shape === undefined) return undefined;
    const features = spec.flatten ? shapeElements(shape) : shape.channels;
    if (spec.inputFeatures !== undefined && spec.inputFeatures !== features) {
      const counted = spec.flatten ? 'elements' : 'channels';
      const rule = `must be the ${features} ${counted} of "${spec.input}" (${formatShape(shape)})`;
      const meant =
        !spec.flatten && spec.inputFeatures === shapeElements(shape) ? 'did you mean "flatten": true?' : undefined;
      report(['inputFeatures'], rule, String(spec.inputFeatures), meant);
    }
    const [height, width] = spec.flatten ? [1, 1] : [shape.height, shape.width];
    return {
      output: { channels: spec.outputFeatures, height, width },
      operationsPerOutput: 0,
      nest: pointNest(1, features, spec.outputFeatures, height, width),
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
