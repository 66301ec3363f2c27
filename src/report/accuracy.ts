import type { Run } from '../performance/result.js';
import { type PublishedAccuracy, publishedAccuracyOf } from '../quantization/index.js';

/** What others measured for the network of a run at its precision; null where nothing is published. */
export function accuracyOf({ result: { workload, precision } }: Pick<Run, 'result'>): PublishedAccuracy | null {
  // With wide shortcuts it is another network than the one that was trained.
  if (precision.shortcutBits !== undefined) return null;
  return publishedAccuracyOf(workload.name, precision) ?? null;
}
