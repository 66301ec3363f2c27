import type { PointResult } from '../study/point.js';

/** Where finished points are kept. A point that was appended is there for good. */
export interface ResultStore {
  /** Whether a point of this key was appended, in this run or before. */
  has(key: string): boolean;
  /**
   * All or nothing: either every result of the chunk is kept when the promise is, or none.
   * A key that is there already is not kept twice.
   */
  append(chunkId: string, results: readonly PointResult[]): Promise<void>;
  /** The result of a key, as the study that appended it saw it; undefined where there is none. */
  result(key: string): Promise<PointResult | undefined>;
  /** Every result, each key once, in any order. `index`, `values` and `feasible` are of the study that appended it. */
  load(): AsyncIterable<PointResult>;
}
