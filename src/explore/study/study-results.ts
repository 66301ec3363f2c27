import { samplerOf, startSampler } from '../sampler/index.js';
import type { ResultStore } from '../store/result-store.js';
import { areKept } from './constraints.js';
import { keysOf, type KeyOf } from './identity.js';
import type { DesignPoint, PointResult } from './point.js';
import type { PreparedStudy } from './prepared-study.js';

/** What a store has may be from a study with other axes or constraints: metrics hold, the rest is the point's. */
export function asAnswered(study: PreparedStudy, point: DesignPoint, stored: PointResult): PointResult {
  const { key, metrics, error } = stored;
  const feasible = metrics !== null && areKept(study.constraints, metrics);
  return { key, index: point.index, values: point.values, metrics, feasible, error };
}

/**
 * The results of a study, by index: all that its store has of its points, and nothing of other studies that share the store. Tables,
 * fronts and charts are made of these, so that they are the same whoever answered the points, and in whatever order.
 */
export async function* studyResults(
  study: PreparedStudy,
  store: Pick<ResultStore, 'result'>,
  keyOf: KeyOf,
): AsyncGenerator<PointResult> {
  const keyOfPoint = keysOf(study, keyOf);
  const { learns } = samplerOf(study.sampler);
  const sampler = startSampler(study);
  let before: readonly PointResult[] = [];
  for (;;) {
    const batch = sampler.next(before);
    if (batch === null) return;
    const results: PointResult[] = [];
    let missing = false;
    for (const point of batch) {
      const one = await store.result(keyOfPoint(point));
      if (one === undefined) missing = true;
      else {
        const result = asAnswered(study, point, one);
        if (learns) results.push(result);
        yield result;
      }
    }
    // Which points come next hangs on those that are missing.
    if (learns && missing) return;
    before = results;
  }
}
