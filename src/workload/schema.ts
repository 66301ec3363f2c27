import { z } from 'zod';
import { name, role, shapeFields } from './kinds/fields.js';
import { entryKinds } from './kinds/index.js';

const [firstKind, ...otherKinds] = Object.values(entryKinds).map((kind) => kind.schema);

/** A network file. */
export const networkSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'the schema that editors check the file against' }),
    name: name('of the network, in reports'),
    description: z.string().optional().meta({ description: 'what it computes' }),
    source: z.string().optional().meta({ description: 'the publication or code that its shapes are from' }),
    inputs: z
      .array(z.strictObject({ name: name('of the tensor'), ...shapeFields, role }))
      .min(1)
      .meta({ description: 'tensors that enter the network, for one sample' }),
    layers: z
      .array(z.discriminatedUnion('kind', [firstKind!, ...otherKinds]))
      .min(1)
      .meta({ description: 'in any order, views among them; they run in this order as far as their inputs allow' }),
  })
  .meta({ title: 'accelsim network', description: 'a neural network as the layers that compute it' });

/** A network as a file or a program writes it: defaults may be left out. */
export type NetworkJson = z.input<typeof networkSchema>;
export type LayerJson = NetworkJson['layers'][number];

/** A network file with its defaults filled in. */
export type NetworkSpec = z.output<typeof networkSchema>;
export type LayerSpec = NetworkSpec['layers'][number];

/** JSON Schema (draft 2020-12) of a network file, for editors. */
export function networkJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(networkSchema, { io: 'input' });
}
