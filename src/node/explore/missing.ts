import type { Executor, PreparedStudy, ResultStore } from '../../index.js';
import { runStudy } from '../../index.js';
import { keyOf } from './key.js';
import { placeOf, type Shard } from './shard.js';

/**
 * How many points of a study, or of one part of it, a store lacks; where later points hang on those, of the first batch
 * that lacks some.
 */
export async function missingPoints(study: PreparedStudy, store: ResultStore, shard?: Shard): Promise<number> {
  let missing = 0;
  const controller = new AbortController();
  const counting: Executor = {
    name: 'counting',
    run(_study, chunks) {
      for (const { points } of chunks) missing += points.length;
      if (missing > 0) controller.abort();
      return Promise.resolve();
    },
  };
  const { signal } = controller;
  await runStudy(study, { executor: counting, store, keyOf, signal, shard: shard && placeOf(shard) });
  return missing;
}
