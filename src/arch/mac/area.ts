import { z } from 'zod';
import { section } from '../section.js';
import { rowBits, rowFor, squareRows } from './square-rows.js';

/** Far above any MAC, far below what would overflow a sum over an array. */
const MAX_AREA_UM2 = 1e9;

const coefficient = (description: string) => z.number().min(0).max(MAX_AREA_UM2).meta({ description });

/** One way for a machine file to say how large a MAC is. */
interface AreaModel<Area> {
  readonly schema: z.ZodType<Area>;
  /** um2 of one MAC of these widths. */
  areaUm2(area: Area, weightBits: number, activationBits: number): number;
}

const polynomialSchema = section(
  {
    model: z.literal('polynomial').meta({ description: 'k_mul w a + k_lin (w + a) + k_const, for w by a bits' }),
    productUm2: coefficient('k_mul: um2 for each pair of a weight bit and an activation bit'),
    linearUm2: coefficient('k_lin: um2 for each operand bit'),
    constantUm2: coefficient('k_const: um2 whatever the widths'),
  },
  'area of one MAC as a polynomial of its operand widths',
).refine((area) => area.productUm2 + area.linearUm2 + area.constantUm2 > 0, {
  path: ['productUm2'],
  error: 'must be above 0, or linearUm2 or constantUm2 must: a MAC takes some area',
});

/**
 * Area of one multiply-accumulate unit with its registers: k_mul w a + k_lin (w + a) + k_const. The multiplier's array
 * of partial products grows with the product of the widths, its operand registers with their sum, and the
 * accumulator, whose width the operands do not decide, is the constant.
 */
const polynomial = {
  schema: polynomialSchema,
  areaUm2: (area, w, a) => area.productUm2 * w * a + area.linearUm2 * (w + a) + area.constantUm2,
} as const satisfies AreaModel<z.output<typeof polynomialSchema>>;

const tableSchema = section(
  {
    model: z.literal('table').meta({ description: 'measured areas; a width between two rows takes the wider row' }),
    rows: squareRows(
      z.strictObject({
        bits: rowBits,
        areaUm2: z.number().positive().max(MAX_AREA_UM2).meta({ description: 'area of one MAC, in um2' }),
      }),
      (row) => row.areaUm2,
      'area',
    ),
  },
  'area of one MAC as a table of measured widths',
);

/** Measured square MACs. */
const table = {
  schema: tableSchema,
  areaUm2: (area, w, a) => rowFor(area.rows, w, a, 'mac.area.rows').areaUm2,
} as const satisfies AreaModel<z.output<typeof tableSchema>>;

/** Every model of MAC area; the schema derives from it. */
export const areaModels = { polynomial, table } as const satisfies Record<
  string,
  AreaModel<{ readonly model: string }>
>;

/** How large one MAC is at each width: the `area` of a `mac` section. */
export type MacArea = {
  [Model in keyof typeof areaModels]: z.output<(typeof areaModels)[Model]['schema']>;
}[keyof typeof areaModels];

const [firstSchema, ...otherSchemas] = Object.values(areaModels).map((model) => model.schema);

export const macAreaSchema = z
  .discriminatedUnion('model', [firstSchema!, ...otherSchemas])
  .meta({ description: 'area of one MAC, in um2, by operand width' });

/**
 * um2 of one MAC built for `weightBits` by `activationBits`.
 * @throws AccelsimError if a table has no row that wide.
 */
export function macAreaUm2(area: MacArea, weightBits: number, activationBits: number): number {
  // Sound because the table pairs each name with the model of its own figures.
  const model: AreaModel<MacArea> = areaModels[area.model];
  return model.areaUm2(area, weightBits, activationBits);
}
