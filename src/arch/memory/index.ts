import { failure } from '../../errors.js';
import { nearestName } from '../../json/index.js';
import { ddr43200 } from './ddr4-3200.js';
import { gddr6 } from './gddr6.js';
import { hbm2 } from './hbm2.js';
import { hbm2e } from './hbm2e.js';
import { hbm3 } from './hbm3.js';
import { lpddr4x } from './lpddr4x.js';
import { lpddr5 } from './lpddr5.js';
import type { MemoryPreset } from './memory.js';

export { channelGBps, type MemoryPreset, type MemoryTiming } from './memory.js';
export { type Memory, resolveMemory } from './resolve-memory.js';

/** Kinds of external memory that are built in; schema, menus and help derive from the keys. */
export const memories = {
  'DDR4-3200': ddr43200,
  LPDDR4X: lpddr4x,
  LPDDR5: lpddr5,
  GDDR6: gddr6,
  HBM2: hbm2,
  HBM2E: hbm2e,
  HBM3: hbm3,
} as const satisfies Record<string, MemoryPreset>;

export type MemoryName = keyof typeof memories;

export const memoryNames = Object.keys(memories).filter((name): name is MemoryName => Object.hasOwn(memories, name));

/** Those whose interface has a known area; a chip with another has one only if its file states `areaMm2PerChannel`. */
export const memoriesWithArea = memoryNames.filter((name) => memories[name].areaMm2PerChannel !== null);

/**
 * A kind of memory by its name.
 * @throws AccelsimError with the names there are, and the nearest.
 */
export function parseMemory(text: string, source: string): MemoryName {
  const name = memoryNames.find((known) => known === text);
  if (name !== undefined) return name;
  const near = nearestName(text, memoryNames);
  throw failure(source, '', `must be one of ${memoryNames.join(', ')}`, text, near && `did you mean ${near}?`);
}
