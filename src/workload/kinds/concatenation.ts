import { z } from 'zod';
import { outputElements } from '../loop-nest.js';
import { formatShape } from '../tensor-shape.js';
import { commonFields, name } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'channels of several tensors one after the other';

const schema = z
  .strictObject({
    ...commonFields('concatenation'),
    inputs: z
      .array(name('a layer or network input that is read'))
      .min(2)
      .meta({ description: 'the tensors whose channels follow one another, all of one height and width' }),
  })
  .meta({ description });

export const concatenation = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'none',
  inPlace: false,
  infer(spec, [first, ...others], report) {
    if (first === undefined) return undefined;
    const { height, width } = first;
    for (const [index, other] of others.entries()) {
      if (other.height === height && other.width === width) continue;
      const rule = `must have the height and width of "${spec.inputs[0]}" (${formatShape(first)}), ${height}x${width}`;
      report(['inputs', index + 1], rule, `"${spec.inputs[index + 1]}", ${formatShape(other)}`);
    }
    const channels = others.reduce((sum, other) => sum + other.channels, first.channels);
    return { output: { channels, height, width }, nest: pointNest(channels, 1, 1, height, width) };
  },
  withBatch: setBatch,
  /** One for each element that is copied. */
  vectorOperations: (nest) => outputElements(nest),
} as const satisfies LayerKind<z.output<typeof schema>>;
