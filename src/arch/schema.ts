import { z } from 'zod';
import { UNLIMITED } from './bandwidth.js';
import { dataflowNameOf, dataflowSchema } from './dataflow/index.js';
import {
  MAX_AREA_FIGURE,
  MAX_ARRAY_SIDE,
  MAX_BANDWIDTH_GBPS,
  MAX_BURST_BYTES,
  MAX_BYTES_PER_CYCLE,
  MAX_CLOCK_GHZ,
  MAX_CORES,
  MAX_LATENCY_NS,
  MAX_SCRATCHPAD_KIB,
  MAX_VECTOR_LANES,
  MIN_BANDWIDTH_GBPS,
  MIN_BYTES_PER_CYCLE,
  MIN_CLOCK_GHZ,
} from './limits.js';
import { macSchema } from './mac/index.js';
import { section } from './section.js';

const count = (maximum: number, description: string) => z.int().min(1).max(maximum).meta({ description });

const bytesPerCycle = (description: string) =>
  z.number().min(MIN_BYTES_PER_CYCLE).max(MAX_BYTES_PER_CYCLE).optional().meta({ description });

const figure = (description: string) => z.number().positive().max(MAX_AREA_FIGURE).optional().meta({ description });

const array = section(
  {
    rows: count(MAX_ARRAY_SIDE, 'processing elements from top to bottom'),
    columns: count(MAX_ARRAY_SIDE, 'processing elements from left to right'),
    depth: count(
      MAX_ARRAY_SIDE,
      'planes of rows x columns elements, for dataflows of three axes; 1 if left out',
    ).optional(),
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
  },
  'the on-chip memory of one core',
);

const sharedBuffer = section(
  {
    capacityKiB: count(MAX_SCRATCHPAD_KIB, 'capacity, in KiB (1024 bytes)'),
    bandwidthBytesPerCycle: bytesPerCycle('bytes it reads and writes per cycle; left out: never the limit'),
    areaMm2PerMiB: figure('silicon of 1 MiB, in mm2; left out: area is not reported'),
  },
  'a second level of on-chip memory that all cores share; tensors that stay on chip lie in it',
);

const interconnect = section(
  {
    multicast: z
      .boolean()
      .meta({ description: 'true: what several cores read is sent once to all of them; false: once to each' }),
    bandwidthBytesPerCycle: bytesPerCycle('bytes that enter and leave all cores per cycle; left out: never the limit'),
  },
  'what connects the cores with shared memory and the off-chip channel',
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

const offChip = section(
  {
    bandwidthGBps: z
      .union([z.number().min(MIN_BANDWIDTH_GBPS).max(MAX_BANDWIDTH_GBPS), z.literal(UNLIMITED)])
      .transform((bandwidth) => (bandwidth === UNLIMITED ? Infinity : bandwidth))
      .meta({
        description: 'of the one channel that all cores share, in GB/s (1e9 bytes per second); "inf": unlimited',
      }),
    latencyNs: z.number().min(0).max(MAX_LATENCY_NS).meta({ description: 'from request to first byte, in ns' }),
    burstBytes: count(MAX_BURST_BYTES, 'granule of a transfer: each tile takes whole bursts; 1 if left out').optional(),
  },
  'external memory',
);

/** A machine file. Numbers carry their unit in their name; `sources` beside them says where they come from. */
export const archSchema = section(
  {
    $schema: z.string().optional().meta({ description: 'the JSON schema that editors check this file with' }),
    name: z.string().min(1).meta({ description: 'how reports call the machine' }),
    description: z.string().optional().meta({ description: 'what the machine stands for' }),
    clockGHz: z.number().min(MIN_CLOCK_GHZ).max(MAX_CLOCK_GHZ).meta({ description: 'clock of the whole chip, in GHz' }),
    cores: count(MAX_CORES, 'cores, each with an array, a scratchpad and a vector unit'),
    array,
    mac: macSchema,
    scratchpad,
    sharedBuffer: sharedBuffer.optional(),
    interconnect: interconnect.optional(),
    vectorUnit,
    offChip,
    schedule: schedule.optional(),
  },
  'A low-precision deep-learning accelerator.',
).meta({ title: 'accelsim machine' });

/** A machine as its file describes it: choices that depend on a run are still open. */
export type ArchSpec = z.output<typeof archSchema>;

/** JSON Schema (draft 2020-12) of a machine file, for editors. */
export function archJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(archSchema, { io: 'input' });
}
