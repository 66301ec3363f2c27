import { z } from 'zod';
import { readJson } from '../../json/index.js';
import { MAX_SCRATCHPAD_KIB } from '../limits.js';
import { MAX_TECHNOLOGY_NM, MIN_TECHNOLOGY_NM } from './technology.js';

/** Far above any operation of a chip, far below what would overflow a sum over a network. */
export const MAX_ENERGY_PJ = 1e6;
const MAX_BITS = 4096;

/** The node of a chip or of a figure; the scaling rule covers no other. */
export const technologySchema = z
  .number()
  .min(MIN_TECHNOLOGY_NM)
  .max(MAX_TECHNOLOGY_NM)
  .meta({ description: `technology node, in nm: ${MIN_TECHNOLOGY_NM} to ${MAX_TECHNOLOGY_NM}` });

const energyPj = z.number().min(0).max(MAX_ENERGY_PJ).meta({ description: 'of one operation or access, in pJ' });
const bits = z.int().min(1).max(MAX_BITS);
const source = z.string().min(1).meta({ description: 'where the row comes from: a citation, or "assumed: why"' });

/** A row of something that is made of transistors: its energy goes with the node. */
function onChipRow<Name extends string, Shape extends z.ZodRawShape>(component: Name, shape: Shape, what: string) {
  return z
    .strictObject({
      component: z.literal(component).meta({ description: 'what the row is of' }),
      ...shape,
      energyPj,
      technologyNm: technologySchema,
      source,
    })
    .meta({ description: what });
}

const operandBits = bits.meta({ description: 'width of the operands, in bits' });

const rowSchemas = [
  onChipRow('integer-add', { bits: operandBits }, 'one addition'),
  onChipRow('integer-multiply', { bits: operandBits }, 'one multiplication of two operands of one width'),
  onChipRow('floating-point-add', { bits: operandBits }, 'one addition of floating-point numbers'),
  onChipRow('floating-point-multiply', { bits: operandBits }, 'one multiplication of floating-point numbers'),
  onChipRow('mac', { bits: operandBits }, 'one MAC of two operands of one width, in place of multiply and add'),
  onChipRow(
    'register',
    { bits: bits.meta({ description: 'bits that one access reads and writes' }) },
    'a register, read and written once',
  ),
  onChipRow(
    'scratchpad',
    {
      capacityKiB: z.number().positive().max(MAX_SCRATCHPAD_KIB).meta({ description: 'capacity of the bank, in KiB' }),
      wordBits: bits.meta({ description: 'bits of one access' }),
    },
    'one access to a bank of on-chip memory, reading or writing',
  ),
  onChipRow(
    'buffer',
    {
      name: z.string().min(1).meta({ description: 'how its source calls the memory' }),
      capacityKiB: z.number().positive().max(MAX_SCRATCHPAD_KIB).meta({ description: 'capacity, in KiB' }),
      access: z.enum(['read', 'write']).meta({ description: 'what the energy is of' }),
      wordBits: bits.meta({ description: 'bits that the energy is of' }),
    },
    'one memory of one published design; no rule runs through such rows',
  ),
  onChipRow(
    'interconnect',
    { bits: bits.meta({ description: 'bits that move' }) },
    'what moves from one core to its neighbour',
  ),
  z
    .strictObject({
      component: z.literal('off-chip').meta({ description: 'what the row is of' }),
      memory: z.string().min(1).meta({ description: 'kind of memory, such as LPDDR4' }),
      bits: bits.meta({ description: 'bits that move' }),
      energyPj,
      source,
    })
    .meta({ description: 'what moves from or to external memory; has a technology of its own and is never scaled' }),
  z
    .strictObject({
      component: z.literal('leakage').meta({ description: 'what the row is of' }),
      powerMwPerMm2: z
        .number()
        .min(0)
        .max(MAX_ENERGY_PJ)
        .meta({ description: 'drawn without any activity, in mW for each mm2 of silicon' }),
      technologyNm: technologySchema,
      source,
    })
    .meta({ description: 'taken to be the same for each mm2 at every node' }),
] as const;

const rowSchema = z.discriminatedUnion('component', rowSchemas);

export type EnergyRow = z.output<typeof rowSchema>;

/** What tells two rows of a table apart: one figure for each. */
function rowKey(row: EnergyRow): string {
  const {
    energyPj: _pj,
    source: _source,
    technologyNm: _nm,
    powerMwPerMm2: _mw,
    ...what
  } = {
    technologyNm: 0,
    energyPj: 0,
    powerMwPerMm2: 0,
    ...row,
  };
  return JSON.stringify(what);
}

/** A family of published energies: a file of `energy/`, or the same inside a machine file. */
export const energyTableSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'the JSON schema that editors check this file with' }),
    name: z.string().min(1).meta({ description: 'how reports call the table' }),
    description: z.string().optional().meta({ description: 'what the figures are of' }),
    rows: z.array(rowSchema).min(1).meta({ description: 'one published figure each, with its source' }),
  })
  .superRefine(({ rows }, context) => {
    const first = new Map<string, number>();
    for (const [index, row] of rows.entries()) {
      const key = rowKey(row);
      const before = first.get(key);
      if (before !== undefined)
        context.addIssue({ code: 'custom', path: ['rows', index], message: `must not repeat row ${before}` });
      else first.set(key, index);
    }
  })
  .meta({ title: 'accelsim energy table', description: 'Published energies of the parts of an accelerator.' });

export type EnergyTable = z.output<typeof energyTableSchema>;

/**
 * Reads a table of energies.
 * @throws AccelsimError with every issue of the text, each with its place
 */
export function readEnergyTable(text: string, from: string): EnergyTable {
  return readJson(text, from, energyTableSchema);
}

/** JSON Schema (draft 2020-12) of a table of energies, for editors. */
export function energyTableJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(energyTableSchema, { io: 'input' });
}
