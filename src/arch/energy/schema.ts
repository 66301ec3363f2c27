import { z } from 'zod';
import { section } from '../section.js';
import { energyTableSchema, MAX_ENERGY_PJ } from './energy-table.js';

const MAX_BANKS = 65_536;
const MAX_HOPS = 4096;

const figure = (description: string) =>
  z
    .number()
    .min(0)
    .max(MAX_ENERGY_PJ)
    .optional()
    .meta({ description: `${description}; in place of the table's` });

const banks = (memory: string) =>
  z
    .int()
    .min(1)
    .max(MAX_BANKS)
    .optional()
    .meta({ description: `banks that ${memory} is cut into: an access opens one of them; 1 if left out` });

/** The `energy` section of a machine file. Every figure in it is at the machine's own technology node. */
export const energySchema = section(
  {
    table: z
      .union([z.string().min(1), energyTableSchema])
      .optional()
      .meta({
        description:
          'energies to start from, scaled to technologyNm: the name of a table that comes with accelsim, a file, or a table written out here',
      }),
    offChipMemory: z.string().min(1).optional().meta({
      description:
        "kind of external memory, one of the table's off-chip rows, for where offChip gives no energy of its own",
    }),
    registerPjPerBit: figure('one bit of a register, written and read, in pJ'),
    scratchpadPjPerBit: figure('one bit read from or written to the scratchpad of a core, in pJ'),
    scratchpadBanks: banks('the scratchpad of a core'),
    sharedBufferPjPerBit: figure('one bit read from or written to the shared buffer, in pJ'),
    sharedBufferBanks: banks('the shared buffer'),
    interconnectPjPerBitHop: figure('one bit from a core to its neighbour, in pJ'),
    interconnectHops: z.number().min(0).max(MAX_HOPS).optional().meta({
      description: 'hops between a core and where the off-chip channel or shared buffer is; sqrt(cores) if left out',
    }),
    vectorOperationPj: figure('one operation of one lane of a vector unit, in pJ'),
    leakageMwPerMm2: figure('drawn without any activity, in mW for each mm2 of silicon'),
  },
  'what the parts of the chip take; what neither a figure nor a table gives is not reported',
);

export type EnergySpec = z.output<typeof energySchema>;
