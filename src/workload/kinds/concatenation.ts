import { z } from 'zod';
import { formatShape } from '../tensor-shape.js';
import { commonFields, name } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'several tensors one after the other, along the channels or another axis';

/** What the file calls an axis, and the sizes that must then be alike. */
const axes = {
  channels: { grows: 'channels', alike: ['height', 'width'] },
  rows: { grows: 'height', alike: ['channels', 'width'] },
  columns: { grows: 'width', alike: ['channels', 'height'] },
} as const;

const schema = z
  .strictObject({
    ...commonFields('concatenation'),
    inputs: z
      .array(name('a layer or network input that is read'))
      .min(2)
      .meta({ description: 'the tensors that follow one another, alike along the other two axes' }),
    axis: z
      .enum(['channels', 'rows', 'columns'])
      .default('channels')
      .meta({ description: 'along which they follow one another; rows are the positions of a sequence' }),
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
    const { grows, alike } = axes[spec.axis];
    for (const [index, other] of others.entries()) {
      if (alike.every((size) => other[size] === first[size])) continue;
      const sizes = alike.map((size) => first[size]).join('x');
      const rule = `must have the ${alike.join(' and ')} of "${spec.inputs[0]}" (${formatShape(first)}), ${sizes}`;
      report(['inputs', index + 1], rule, `"${spec.inputs[index + 1]}", ${formatShape(other)}`);
    }
    const output = { ...first, [grows]: others.reduce((sum, other) => sum + other[grows], first[grows]) };
    return {
      output,
      nest: pointNest(output.channels, 1, 1, output.height, output.width),
      // Each element is copied.
      operationsPerOutput: 1,
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
