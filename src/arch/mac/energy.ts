import { z } from 'zod';
import { section } from '../section.js';
import { rowBits, rowFor, squareRows } from './square-rows.js';

/** Far above any MAC, far below what would overflow a sum over a network. */
const MAX_ENERGY_PJ = 1e6;

const coefficient = (description: string) => z.number().min(0).max(MAX_ENERGY_PJ).meta({ description });

/** One way for a machine file to say what a fixed-point MAC takes. */
interface EnergyModel<Energy> {
  readonly schema: z.ZodType<Energy>;
  /** pJ of one MAC built for these widths. */
  energyPj(energy: Energy, weightBits: number, activationBits: number): number;
}

const polynomialSchema = section(
  {
    model: z.literal('polynomial').meta({ description: 'k_mul w a + k_lin (w + a) + k_const, for w by a bits' }),
    productPj: coefficient('k_mul: pJ for each pair of a weight bit and an activation bit'),
    linearPj: coefficient('k_lin: pJ for each operand bit'),
    constantPj: coefficient('k_const: pJ whatever the widths'),
  },
  'energy of one fixed-point MAC as a polynomial of its operand widths',
).refine((energy) => energy.productPj + energy.linearPj + energy.constantPj > 0, {
  path: ['productPj'],
  error: 'must be above 0, or linearPj or constantPj must: a MAC takes some energy',
});

/** As the area: partial products switch with the product of the widths, registers with their sum. */
const polynomial = {
  schema: polynomialSchema,
  energyPj: (energy, w, a) => energy.productPj * w * a + energy.linearPj * (w + a) + energy.constantPj,
} as const satisfies EnergyModel<z.output<typeof polynomialSchema>>;

const tableSchema = section(
  {
    model: z.literal('table').meta({ description: 'measured energies; a width between two rows takes the wider row' }),
    rows: squareRows(
      z.strictObject({
        bits: rowBits,
        energyPj: z.number().positive().max(MAX_ENERGY_PJ).meta({ description: 'energy of one MAC, in pJ' }),
      }),
      (row) => row.energyPj,
      'energy',
    ),
  },
  'energy of one fixed-point MAC as a table of measured widths',
);

/** Measured square MACs. */
const table = {
  schema: tableSchema,
  energyPj: (energy, w, a) => rowFor(energy.rows, w, a, 'mac.energy.rows').energyPj,
} as const satisfies EnergyModel<z.output<typeof tableSchema>>;

/** Every model of MAC energy; the schema derives from it. */
export const energyModels = { polynomial, table } as const satisfies Record<
  string,
  EnergyModel<{ readonly model: string }>
>;

/** What one fixed-point MAC takes at each width: the `energy` of a `mac` section. */
export type MacEnergy = {
  [Model in keyof typeof energyModels]: z.output<(typeof energyModels)[Model]['schema']>;
}[keyof typeof energyModels];

const [firstSchema, ...otherSchemas] = Object.values(energyModels).map((model) => model.schema);

export const macEnergySchema = z
  .discriminatedUnion('model', [firstSchema!, ...otherSchemas])
  .meta({ description: 'energy of one fixed-point MAC of given widths, in place of the tables of the model' });

/**
 * pJ of one MAC built for `weightBits` by `activationBits`.
 * @throws AccelsimError for a width that no row of a table covers.
 */
export function fixedEnergyPj(energy: MacEnergy, weightBits: number, activationBits: number): number {
  const model: EnergyModel<MacEnergy> = energyModels[energy.model];
  return model.energyPj(energy, weightBits, activationBits);
}
