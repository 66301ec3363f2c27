import { z } from 'zod';
import { UNLIMITED } from './bandwidth.js';
import {
  MAX_AREA_FIGURE,
  MAX_BANDWIDTH_GBPS,
  MAX_BURST_BYTES,
  MAX_LATENCY_NS,
  MAX_MEMORY_CHANNELS,
  MAX_PJ_PER_BIT,
  MIN_BANDWIDTH_GBPS,
} from './limits.js';
import { channelGBps, memories, type Memory, memoryNames, resolveMemory } from './memory/index.js';
import { section } from './section.js';

const area = (share: string, otherwise: string) =>
  z
    .number()
    .positive()
    .max(MAX_AREA_FIGURE)
    .optional()
    .meta({ description: `silicon of the interface (controller, pads) ${share}, in mm2; left out: ${otherwise}` });

const fields = section(
  {
    bandwidthGBps: z
      .union([z.number().min(MIN_BANDWIDTH_GBPS).max(MAX_BANDWIDTH_GBPS), z.literal(UNLIMITED)])
      .transform((bandwidth) => (bandwidth === UNLIMITED ? Infinity : bandwidth))
      .optional()
      .meta({
        description:
          'of the one channel that all cores share, in GB/s (1e9 bytes per second), whatever the pattern; "inf": unlimited',
      }),
    memory: z.enum(memoryNames).optional().meta({
      description: 'a kind of memory in place of bandwidthGBps: its channels, bursts, rows, banks and refreshes count',
    }),
    channels: z
      .int()
      .min(1)
      .max(MAX_MEMORY_CHANNELS)
      .optional()
      .meta({ description: 'channels of that memory; those of one module, package, device or stack if left out' }),
    latencyNs: z.number().min(0).max(MAX_LATENCY_NS).meta({ description: 'from request to first byte, in ns' }),
    burstBytes: z
      .int()
      .min(1)
      .max(MAX_BURST_BYTES)
      .optional()
      .meta({ description: 'granule of a transfer: each tile takes whole bursts; 1 if left out' }),
    energyPjPerBit: z
      .number()
      .min(0)
      .max(MAX_PJ_PER_BIT)
      .optional()
      .meta({ description: 'to move one bit, in pJ; left out: that of the memory, or not reported' }),
    areaMm2PerGBps: area('for each GB/s of peak bandwidth', 'not reported'),
    areaMm2PerChannel: area('for each channel of memory', 'that of the memory, or not reported'),
  },
  'external memory',
);

const WITHOUT_CHANNELS = 'must be left out where no memory is named';
const WITHOUT_MEMORY = 'must be left out where a memory is named, which has its own';

/** The `offChip` section of a machine file: a bandwidth, or a kind of memory. */
export const offChipSchema = fields.superRefine((spec, context) => {
  const { bandwidthGBps, memory, channels, burstBytes, areaMm2PerChannel, areaMm2PerGBps } = spec;
  const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if (areaMm2PerChannel !== undefined && areaMm2PerGBps !== undefined)
    refuse('areaMm2PerGBps', 'must be left out where areaMm2PerChannel is stated');
  if (memory === undefined) {
    if (bandwidthGBps === undefined) refuse('bandwidthGBps', `must be GB/s or "${UNLIMITED}" where no memory is named`);
    if (channels !== undefined) refuse('channels', WITHOUT_CHANNELS);
    if (areaMm2PerChannel !== undefined) refuse('areaMm2PerChannel', WITHOUT_CHANNELS);
    return;
  }
  if (bandwidthGBps !== undefined) refuse('bandwidthGBps', WITHOUT_MEMORY);
  if (burstBytes !== undefined) refuse('burstBytes', WITHOUT_MEMORY);
});

type OffChipSpec = z.output<typeof offChipSchema>;

/** What a machine knows of its external memory beside bandwidth and latency. */
export interface OffChip {
  /** Null where a bandwidth is all that is said. */
  readonly memory: Memory | null;
  /** To move one bit between memory and chip; null where neither file nor memory says. */
  readonly energyPjPerBit: number | null;
}

/** A bandwidth that a run states takes the place of a memory's channels; the energy of a bit stays. */
export function resolveOffChip(spec: OffChipSpec, bandwidthStated: boolean): OffChip {
  const { memory: name, channels } = spec;
  const preset = name === undefined ? undefined : memories[name];
  return {
    memory:
      name === undefined || preset === undefined || bandwidthStated ? null : resolveMemory(name, preset, channels),
    energyPjPerBit: spec.energyPjPerBit ?? preset?.energyPjPerBit ?? null,
  };
}

/** GB/s when nothing pauses: what the file states, or all channels of its memory at once. */
export function peakGBps({ bandwidthGBps, memory, channels }: OffChipSpec): number {
  // The schema sees to it that one of them is there.
  if (memory === undefined) return bandwidthGBps!;
  const preset = memories[memory];
  return (channels ?? preset.channels) * channelGBps(preset);
}
