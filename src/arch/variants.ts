import { failure } from '../errors.js';
import { type MemoryName, parseMemory } from './memory/index.js';
import { MAX_MEMORY_CHANNELS } from './limits.js';
import type { PackingName } from './packing/index.js';
import type { ArchSpec } from './schema.js';

/** A kind of external memory as an option names it. */
export interface MemoryChoice {
  readonly memory: MemoryName;
  /** Those of one module, package, device or stack if left out. */
  readonly channels?: number;
}

/**
 * Reads `LPDDR5`, or `LPDDR5:4` for four channels of it.
 * @throws AccelsimError with the nearest name, or what a number of channels may be.
 */
export function parseMemoryChoice(text: string, source: string): MemoryChoice {
  const colon = text.indexOf(':');
  if (colon < 0) return { memory: parseMemory(text, source) };
  const memory = parseMemory(text.slice(0, colon), source);
  const stated = text.slice(colon + 1);
  const channels = /^\d+$/.test(stated) ? Number(stated) : 0;
  if (channels < 1 || channels > MAX_MEMORY_CHANNELS)
    throw failure(source, '', `must have 1 to ${MAX_MEMORY_CHANNELS} channels behind the colon`, stated);
  return { memory, channels };
}

/**
 * Fields of a machine file, by path, that take the place of what their section says: with each, what may stand beside it.
 * All else that was stated, it was stated of something else.
 */
export const FIELDS_BESIDE: Readonly<Record<string, ReadonlySet<string>>> = {
  'offChip.memory': new Set(['memory', 'channels', 'latencyNs', 'sources']),
};

/** The same machine with another external memory, of which only the latency stays as it was: see `FIELDS_BESIDE`. */
export function withMemory(spec: ArchSpec, choice: MemoryChoice): ArchSpec {
  const { latencyNs, sources } = spec.offChip;
  const kept = sources?.['latencyNs'] === undefined ? {} : { sources: { latencyNs: sources['latencyNs'] } };
  return { ...spec, offChip: { ...choice, latencyNs, ...kept } };
}

export function withPacking(spec: ArchSpec, packing: PackingName): ArchSpec {
  return { ...spec, packing };
}
