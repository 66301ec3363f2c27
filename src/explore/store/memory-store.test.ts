import { describe, expect, it } from 'vitest';
import type { PointResult } from '../study/point.js';
import { MemoryStore } from './memory-store.js';

const result = (key: string, index = 0): PointResult => {
  return { key, index, values: {}, metrics: null, feasible: false, error: 'none' };
};

describe('MemoryStore', () => {
  it('keeps each key once, the first', async () => {
    const store = new MemoryStore();
    await store.append('one', [result('a', 1), result('b', 2)]);
    await store.append('two', [result('b', 3), result('c', 4)]);
    expect(['a', 'b', 'c', 'd'].map((key) => store.has(key))).toEqual([true, true, true, false]);
    const kept: string[] = [];
    for await (const { key, index } of store.load()) kept.push(`${key}${index}`);
    expect(kept).toEqual(['a1', 'b2', 'c4']);
    expect(store.size).toBe(3);
  });
});
