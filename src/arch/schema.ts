import { z } from 'zod';
import { UNLIMITED } from './bandwidth.js';
import { dataflows } from './dataflow/index.js';
import {
  MAX_AREA_FIGURE,
  MAX_ARRAY_SIDE,
  MAX_BANDWIDTH_GBPS,
  MAX_CLOCK_GHZ,
  MAX_CORES,
  MAX_LATENCY_NS,
  MAX_SCRATCHPAD_KIB,
  MAX_VECTOR_LANES,
  MIN_BANDWIDTH_GBPS,
  MIN_CLOCK_GHZ,
} from './limits.js';
import { macSchema } from './mac/index.js';
import { section } from './section.js';

const count = (maximum: number, description: string) => z.int().min(1).max(maximum).meta({ description });

const figure = (description: string) => z.number().positive().max(MAX_AREA_FIGURE).optional().meta({ description });

const dataflowNames = Object.values(dataflows).map((dataflow) => dataflow.name);

const array = section(
  {
    rows: count(MAX_ARRAY_SIDE, 'processing elements from top to bottom'),
    columns: count(MAX_ARRAY_SIDE, 'processing elements from left to right'),
    dataflows: z
      .array(z.enum(dataflowNames))
      .min(1)
      .refine((names) => new Set(names).size === names.length, { error: 'must name each dataflow once' })
      .meta({ description: 'what may stay in the array while the rest streams; the mapping picks one for each layer' }),
    preload: z.enum(['overlapped', 'exposed']).meta({
      description: "whether a fold's stationary operand is shifted in behind the fold before it, or waited for",
    }),
  },
  'the systolic array of one core; with an area budget, the reference array that sets it',
);

const scratchpad = section(
  {
    capacityKiB: count(MAX_SCRATCHPAD_KIB, 'capacity of one core, in KiB (1024 bytes)'),
    areaMm2PerMiB: figure('silicon of 1 MiB, in mm2; left out: area is not reported'),
  },
  'the on-chip memory of one core',
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
    vectorUnit,
    offChip,
  },
  'A low-precision deep-learning accelerator.',
).meta({ title: 'accelsim machine' });

/** A machine as its file describes it: choices that depend on a run are still open. */
export type ArchSpec = z.output<typeof archSchema>;

/** JSON Schema (draft 2020-12) of a machine file, for editors. */
export function archJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(archSchema, { io: 'input' });
}
