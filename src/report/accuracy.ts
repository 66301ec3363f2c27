import type { Run } from '../performance/result.js';
import { type PublishedAccuracy, publishedAccuracyOf } from '../quantization/index.js';

/** What others measured for the network of a run at its precision; null where nothing is published. */
export function accuracyOf({ result: { workload, precision } }: Pick<Run, 'result'>): PublishedAccuracy | null {
  // With wide shortcuts it is another network than the one that was trained.
  if (precision.shortcutBits !== undefined) return null;
  return publishedAccuracyOf(workload.name, precision) ?? null;
}

/** A run beside what others measured for it. */
export interface AccuracyBesideSpeed {
  readonly run: Run;
  readonly published: PublishedAccuracy;
  /** The same network in full precision; null where it is not published. */
  readonly fullPrecision: PublishedAccuracy | null;
  readonly speedup: number;
}

/** Those of the runs for which an accuracy is published, and a speedup is known. */
export function accuracyBesideSpeed(runs: readonly Run[]): AccuracyBesideSpeed[] {
  return runs.flatMap((run) => {
    const published = accuracyOf(run);
    if (published === null || run.speedup === null) return [];
    const fullPrecision = publishedAccuracyOf(run.result.workload.name, { bits: 32, edgeBits: null }) ?? null;
    return [{ run, published, fullPrecision, speedup: run.speedup.value }];
  });
}
