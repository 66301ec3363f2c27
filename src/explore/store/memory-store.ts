import type { PointResult } from '../study/point.js';
import type { ResultStore } from './result-store.js';

/** Keeps results for as long as the program runs. */
export class MemoryStore implements ResultStore {
  readonly #results = new Map<string, PointResult>();

  get size(): number {
    return this.#results.size;
  }

  has(key: string): boolean {
    return this.#results.has(key);
  }

  append(_chunkId: string, results: readonly PointResult[]): Promise<void> {
    for (const result of results) if (!this.#results.has(result.key)) this.#results.set(result.key, result);
    return Promise.resolve();
  }

  result(key: string): Promise<PointResult | undefined> {
    return Promise.resolve(this.#results.get(key));
  }

  async *load(): AsyncIterable<PointResult> {
    yield* this.#results.values();
  }
}
