import { z } from 'zod';
import { dataflowNameOf, dataflowSchema } from './dataflow/index.js';
import { technologySchema } from './energy/energy-table.js';
import { energySchema } from './energy/schema.js';
import {
  MAX_AREA_FIGURE,
  MAX_ARRAY_SIDE,
  MAX_BYTES_PER_CYCLE,
  MAX_CLOCK_GHZ,
  MAX_CORES,
  MAX_REGISTER_BITS,
  MAX_SCRATCHPAD_KIB,
  MAX_VECTOR_LANES,
  MIN_BYTES_PER_CYCLE,
  MIN_CLOCK_GHZ,
} from './limits.js';
import { macSchema } from './mac/index.js';
import { offChipSchema } from './off-chip.js';
import { packingSchema } from './packing/index.js';
import { section } from './section.js';

const count = (maximum: number, description: string) => z.int().min(1).max(maximum).meta({ description });

const bytesPerCycle = (description: string) =>
  z.number().min(MIN_BYTES_PER_CYCLE).max(MAX_BYTES_PER_CYCLE).optional().meta({ description });

const figure = (description: string) => z.number().positive().max(MAX_AREA_FIGURE).optional().meta({ description });

const periphery = (banks: string) =>
  figure(
    `what a bank has beside its cells (decoders, sense amplifiers, control), in um2, for each of ${banks}: 1 if left out; 0 if this is`,
  );

const array = section(
  {
    rows: count(MAX_ARRAY_SIDE, 'processing elements from top to bottom'),
    columns: count(MAX_ARRAY_SIDE, 'processing elements from left to right'),
    depth: count(
      MAX_ARRAY_SIDE,
      'planes of rows x columns elements, for dataflows of three axes; 1 if left out',
    ).optional(),
    macBudgetMm2: figure(
      'silicon of the MAC units of one core, in mm2: as many as fit it, in an array of the shape of rows and columns; left out: what rows x columns (x depth) reference units take',
    ),
    registerBits: z.int().min(0).max(MAX_REGISTER_BITS).optional().meta({
      description:
        'bits of registers that an element has beside those of its MAC unit; left out: where operands are preloaded behind the fold before, one of the width the units are built for',
    }),
    areaUm2PerRegisterBit: figure('silicon of one bit of those registers, in um2; left out: area is not reported'),
    dataflows: z
      .array(dataflowSchema)
      .min(1)
      .refine((choices) => new Set(choices.map(dataflowNameOf)).size === choices.length, {
        error: 'must name each dataflow once',
      })
      .meta({ description: 'how loops may lie on the array; the mapping picks one for each layer' }),
    preload: z.enum(['overlapped', 'exposed']).meta({
      description: "whether a fold's stationary operand is shifted in behind the fold before it, or waited for",
    }),
  },
  'the systolic array of one core; with an area budget, the reference array that sets it',
);

const scratchpad = section(
  {
    capacityKiB: count(MAX_SCRATCHPAD_KIB, 'capacity of one core, in KiB (1024 bytes)'),
    bandwidthBytesPerCycle: bytesPerCycle(
      'bytes that pass between the scratchpad and the array (or vector unit) per cycle; left out: never the limit',
    ),
    areaMm2PerMiB: figure('silicon of 1 MiB, in mm2; left out: area is not reported'),
    peripheryUm2PerBank: periphery('energy.scratchpadBanks'),
  },
  'the on-chip memory of one core',
);

const sharedBuffer = section(
  {
    capacityKiB: count(MAX_SCRATCHPAD_KIB, 'capacity, in KiB (1024 bytes)'),
    bandwidthBytesPerCycle: bytesPerCycle('bytes it reads and writes per cycle; left out: never the limit'),
    areaMm2PerMiB: figure('silicon of 1 MiB, in mm2; left out: area is not reported'),
    peripheryUm2PerBank: periphery('energy.sharedBufferBanks'),
  },
  'a second level of on-chip memory that all cores share; tensors that stay on chip lie in it',
);

const interconnect = section(
  {
    multicast: z
      .boolean()
      .meta({ description: 'true: what several cores read is sent once to all of them; false: once to each' }),
    bandwidthBytesPerCycle: bytesPerCycle('bytes that enter and leave all cores per cycle; left out: never the limit'),
    areaMm2PerCore: figure(
      'silicon of it at each core, in mm2; left out: area is not reported, or is by bandwidth alone',
    ),
    areaUm2PerBytePerCycle: figure(
      'silicon for each byte per cycle of bandwidthBytesPerCycle, in um2, beside that at each core',
    ),
  },
  'what connects the cores with shared memory and the off-chip channel',
).refine(
  ({ areaUm2PerBytePerCycle, bandwidthBytesPerCycle }) =>
    areaUm2PerBytePerCycle === undefined || bandwidthBytesPerCycle !== undefined,
  { path: ['bandwidthBytesPerCycle'], error: 'must be stated: areaUm2PerBytePerCycle is multiplied by it' },
);

const schedule = section(
  {
    prefetch: z
      .enum(['none', 'next-layer'])
      .default('none')
      .meta({ description: 'whether weights of the next layer are loaded while a layer runs, where there is room' }),
    fusion: z.enum(['none', 'chains']).default('none').meta({
      description:
        'whether chains of layers may be computed stripe by stripe, so that what lies between is never whole',
    }),
  },
  'what the schedule of a network may do across layers',
);

const vectorUnit = section(
  {
    lanes: count(MAX_VECTOR_LANES, 'operations per cycle of one core'),
    areaUm2PerLane: figure('silicon of one lane, in um2; left out: area is not reported'),
  },
  'the unit of one core that pools, adds and normalises',
);

/** A machine file. Numbers carry their unit in their name; `sources` beside them says where they come from. */
export const archSchema = section(
  {
    $schema: z.string().optional().meta({ description: 'the JSON schema that editors check this file with' }),
    name: z.string().min(1).meta({ description: 'how reports call the machine' }),
    description: z.string().optional().meta({ description: 'what the machine stands for' }),
    clockGHz: z.number().min(MIN_CLOCK_GHZ).max(MAX_CLOCK_GHZ).meta({ description: 'clock of the whole chip, in GHz' }),
    technologyNm: technologySchema.optional(),
    cores: count(MAX_CORES, 'cores, each with an array, a scratchpad and a vector unit'),
    array,
    mac: macSchema,
    scratchpad,
    sharedBuffer: sharedBuffer.optional(),
    interconnect: interconnect.optional(),
    vectorUnit,
    offChip: offChipSchema,
    packing: packingSchema.optional(),
    schedule: schedule.optional(),
    energy: energySchema.optional(),
  },
  'A low-precision deep-learning accelerator.',
)
  .refine(({ energy, technologyNm }) => energy?.table === undefined || technologyNm !== undefined, {
    path: ['technologyNm'],
    error: 'must be stated: the figures of energy.table are scaled to it',
  })
  .meta({ title: 'accelsim machine' });

/** A machine as its file describes it: choices that depend on a run are still open. */
export type ArchSpec = z.output<typeof archSchema>;

/** JSON Schema (draft 2020-12) of a machine file, for editors. */
export function archJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(archSchema, { io: 'input' });
}
