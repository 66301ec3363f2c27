import { z } from 'zod';
import { formatShape } from '../tensor-shape.js';
import { commonFields, input, size } from './fields.js';
import { setBatch } from './layer-kind.js';
import type { LayerKind } from './layer-kind.js';
import { pointNest } from './point-nest.js';

const description = 'rows looked up in a table of weights, one for each index';

const schema = z
  .strictObject({
    ...commonFields('embedding'),
    input,
    rows: size('rows of the table: words of a vocabulary, positions of a text'),
    features: size('weights of a row'),
  })
  .meta({ description });

/** Only rows that are looked up move, each time that one is; the table as a whole stays where it is. */
export const embedding = {
  description,
  schema,
  engine: 'vector',
  secondOperand: 'table',
  inPlace: false,
  infer(spec, [shape], report) {
    if (shape === undefined) return undefined;
    if (shape.channels !== 1) {
      report(['input'], 'must have one channel: an index for each position', `"${spec.input}", ${formatShape(shape)}`);
      return undefined;
    }
    const { height, width } = shape;
    return {
      output: { channels: spec.features, height, width },
      nest: pointNest(spec.features, 1, 1, height, width),
      operationsPerOutput: 1,
      tableElements: spec.rows * spec.features,
    };
  },
  withBatch: setBatch,
} as const satisfies LayerKind<z.output<typeof schema>>;
