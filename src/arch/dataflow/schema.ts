import { z } from 'zod';
import { arraySides, completeDataflow, type Dataflow, dataflowFaults } from './dataflow.js';
import { loopDimensions } from './loop-dimension.js';
import { dataflowOf, dataflows } from './presets.js';

const names = Object.values(dataflows).map(({ name }) => name);

const axis = z
  .strictObject({
    unroll: z
      .array(z.enum(loopDimensions))
      .min(1)
      .meta({ description: 'loops that lie along this axis, flattened into one, all of one kind' }),
    systolic: z.boolean().default(false).meta({
      description: 'true: operands or sums hop from element to element, and each fold fills and drains the axis',
    }),
  })
  .meta({ description: 'what one side of the array lays out in space' });

const stated = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .refine((name) => !Object.hasOwn(dataflows, name), {
        error: 'must not be the name of a dataflow that is built in',
      })
      .meta({ description: 'how reports call it' }),
    description: z.string().default('stated by the machine file').meta({ description: 'what it is, in a few words' }),
    stationary: z
      .enum(['weights', 'inputs', 'outputs'])
      .meta({ description: 'the operand that stays in the elements during a fold' }),
    axes: z
      .strictObject({ rows: axis.optional(), columns: axis.optional(), depth: axis.optional() })
      .meta({ description: 'what each side of the array unrolls; a side left out is not used' }),
  })
  .superRefine((spec, context) => {
    const axes = Object.fromEntries(arraySides.flatMap((side) => (spec.axes[side] ? [[side, spec.axes[side]]] : [])));
    for (const { side, rule } of dataflowFaults({ ...spec, axes })) {
      context.addIssue({ code: 'custom', path: side === null ? ['axes'] : ['axes', side, 'unroll'], message: rule });
    }
  })
  .meta({ description: 'a dataflow of your own' });

/** A dataflow in a machine file: the name of one that is built in, or a statement of axes. */
export const dataflowSchema = z.union([z.enum(names), stated]);

export type DataflowChoice = z.output<typeof dataflowSchema>;

export function dataflowNameOf(choice: DataflowChoice): string {
  return typeof choice === 'string' ? choice : choice.name;
}

export function resolveDataflow(choice: DataflowChoice): Dataflow {
  if (typeof choice === 'string') return dataflowOf(choice);
  const { rows, columns, depth } = choice.axes;
  const axes = { ...(rows && { rows }), ...(columns && { columns }), ...(depth && { depth }) };
  return completeDataflow({ ...choice, axes });
}
