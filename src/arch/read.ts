import type { z } from 'zod';
import { readJson, readValue } from '../json/index.js';
import { UNLIMITED } from './bandwidth.js';
import type { ArchSpec } from './schema.js';
import { archSchema } from './schema.js';

/** A machine as JSON can hold it. */
export type ArchJson = z.input<typeof archSchema>;

/**
 * Reads a machine file.
 * @throws AccelsimError with every issue of the text, each with its place.
 */
export function readArch(text: string, source: string): ArchSpec {
  return readJson(text, source, archSchema);
}

/**
 * Checks a machine that is already a value, such as one that an exploration has varied.
 * @throws AccelsimError with every issue.
 */
export function readArchValue(value: unknown, source: string): ArchSpec {
  return readValue(value, source, archSchema);
}

/** The inverse of `readArch`: JSON has no infinity, so an unlimited bandwidth is written `"inf"`. */
export function toArchJson(spec: ArchSpec): ArchJson {
  const { bandwidthGBps } = spec.offChip;
  return {
    ...spec,
    offChip: { ...spec.offChip, ...(bandwidthGBps === Infinity && { bandwidthGBps: UNLIMITED }) },
  };
}
