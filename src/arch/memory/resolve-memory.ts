import type { MemoryPreset, MemoryTiming } from './memory.js';
import { channelGBps } from './memory.js';

/** External memory of a machine: so many channels alike, between which successive bursts of an address range alternate. */
export interface Memory {
  readonly name: string;
  readonly channels: number;
  readonly channelGBps: number;
  readonly burstBytes: number;
  readonly pageBytes: number;
  readonly banks: number;
  readonly timing: MemoryTiming;
}

/** So many channels of a preset; those of one module, package, device or stack if left out. */
export function resolveMemory(name: string, preset: MemoryPreset, channels = preset.channels): Memory {
  const { burstBytes, pageBytes, banks, timing } = preset;
  return { name, channels, channelGBps: channelGBps(preset), burstBytes, pageBytes, banks, timing };
}
