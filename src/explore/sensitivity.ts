import { simulateRun } from '../simulate/index.js';
import type { Subject, Variation } from './variations.js';

/** The two figures of the study that its parameters move most. */
export interface KeyFigures {
  /** Speedup from 16 to 4 bits at 64 GB/s. */
  readonly speedup: number;
  /** What quantising first and last layers too gives at 2 bits and 32 GB/s. */
  readonly edgeGain: number;
}

export interface SensitivityRow extends KeyFigures {
  readonly parameter: string;
  readonly change: string;
}

export function keyFigures(subject: Subject): KeyFigures {
  const latencyMs = (bits: number, bandwidthGBps: number, edgeBits?: 'same'): number =>
    simulateRun(subject, { policy: 'edges', bits, ...(edgeBits === undefined ? {} : { edgeBits }) }, bandwidthGBps)
      .totals.latencyMs;
  return {
    speedup: latencyMs(16, 64) / latencyMs(4, 64),
    edgeGain: latencyMs(2, 32) / latencyMs(2, 32, 'same'),
  };
}

/**
 * The key figures under each variation that can be made.
 * @param onProgress is told how many variations are done, and how many there are.
 */
export function sensitivity(
  subject: Subject,
  variations: readonly Variation[],
  onProgress?: (done: number, all: number) => void,
): SensitivityRow[] {
  const rows: SensitivityRow[] = [];
  for (const [done, { parameter, change, apply }] of variations.entries()) {
    onProgress?.(done, variations.length);
    const varied = apply(subject);
    if (varied !== undefined) rows.push({ parameter, change, ...keyFigures(varied) });
  }
  onProgress?.(variations.length, variations.length);
  return rows;
}
