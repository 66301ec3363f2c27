import { z } from 'zod';
import { formatShape, shapeElements } from '../tensor-shape.js';
import { commonFields, input, shapeFields } from './fields.js';
import type { ViewKind } from './layer-kind.js';

const description = 'a tensor looked at in another way: no layer, nothing moves';

const schema = z
  .strictObject({
    ...commonFields('view'),
    input,
    output: z.strictObject(shapeFields).meta({ description: 'shape in which its readers see the tensor' }),
    type: z.enum(['reshape', 'slice']).default('reshape').meta({
      description:
        'reshape: all elements, in whatever order (flattening and transposition too); slice: fewer of them, the rest is not read',
    }),
  })
  .meta({ description });

/** Readers address the elements where they lie, so a view takes neither time nor traffic. */
export const view = {
  description,
  schema,
  infer({ output, type, input: of }, [shape], report) {
    if (shape === undefined) return undefined;
    const [given, stated] = [shapeElements(shape), shapeElements(output)];
    const seen = `the ${given} elements of "${of}" (${formatShape(shape)})`;
    if (type === 'slice' && stated > given) report(['output'], `must have at most ${seen}`, formatShape(output));
    if (type === 'reshape' && stated !== given) {
      const hint = stated < given ? 'did you mean "type": "slice"?' : undefined;
      report(['output'], `must have ${seen}`, `${formatShape(output)}, ${stated}`, hint);
    }
    return { output, nest: null };
  },
} as const satisfies ViewKind<z.output<typeof schema>>;
