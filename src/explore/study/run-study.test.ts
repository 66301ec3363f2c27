import { describe, expect, it } from 'vitest';
import type { Executor } from '../executor/executor.js';
import { inProcess } from '../executor/in-process.js';
import { MemoryStore } from '../store/memory-store.js';
import type { PointResult } from './point.js';
import type { PreparedStudy } from './prepared-study.js';
import { runStudy, type StudyProgress, type StudyRun } from './run-study.js';
import { smallStudy, testKey } from './studies.test-data.js';
import { studyResults } from './study-results.js';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/** 40 groups of 2 points: many chunks, where a chunk need not last longer than a millisecond. */
const axes = [
  { field: 'cores', values: upTo(40) },
  { field: 'scratchpad.capacityKiB', values: [2, 4] },
];
const grid = smallStudy({ axes });
const evolving = smallStudy({
  axes: [{ field: 'cores', values: upTo(12) }, { field: 'bits', values: [16, 8, 4, 2] }, ...axes.slice(1)],
  sampler: { kind: 'nsga-2', population: 10, generations: 4 },
});

async function run(study: PreparedStudy, store: MemoryStore, more: Partial<StudyRun> = {}) {
  const { signal } = new AbortController();
  return runStudy(study, { executor: inProcess, store, keyOf: testKey, signal, chunkMs: 1, ...more });
}

async function resultsOf(study: PreparedStudy, store: MemoryStore): Promise<PointResult[]> {
  const results: PointResult[] = [];
  for await (const result of studyResults(study, store, testKey)) results.push(result);
  return results;
}

/** Stops after so many chunks. */
async function stopped(study: PreparedStudy, store: MemoryStore, chunks: number, more: Partial<StudyRun> = {}) {
  const controller = new AbortController();
  let done = 0;
  const listener = {
    progress: () => {
      done += 1;
      if (done === chunks) controller.abort();
    },
  };
  return run(study, store, { signal: controller.signal, listener, ...more });
}

/** Chunks last to first, as an executor may that hands them out. */
const backwards: Executor = {
  name: 'backwards',
  run: (study, chunks, onChunk, signal) => inProcess.run(study, [...chunks].toReversed(), onChunk, signal),
};

const nobody: Executor = {
  name: 'nobody',
  run: (_, chunks) => Promise.resolve(void [...chunks]),
};

describe('runStudy', () => {
  it('answers every point once and tells how far it is', async () => {
    const store = new MemoryStore();
    const told: StudyProgress[] = [];
    const outcome = await run(grid, store, { listener: { progress: (progress) => told.push(progress) } });
    const count = { points: 80, exact: true };
    expect(outcome).toEqual({ evaluated: 80, failed: 0, reused: 0, count, complete: true });
    expect(store.size).toBe(80);
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toEqual({ evaluated: 80, failed: 0, reused: 0, count });
    const results = await resultsOf(grid, store);
    expect(results.map(({ index }) => index)).toEqual([...results.keys()]);
  });

  it('counts points with errors, and is done with them', async () => {
    const store = new MemoryStore();
    const study = smallStudy({ axes: [{ name: 'mac', levels: { even: {}, odd: { 'mac.modeBits': [3] } } }] });
    expect(await run(study, store)).toMatchObject({ evaluated: 2, failed: 1, complete: true });
    expect(await run(study, store)).toMatchObject({ evaluated: 0, reused: 2, complete: true });
  });

  it.each([
    ['grid', grid],
    ['nsga-2', evolving],
  ])('goes on where it was stopped, to the same results: %s', async (_, study) => {
    const whole = new MemoryStore();
    await run(study, whole);
    const store = new MemoryStore();
    const first = await stopped(study, store, 1);
    expect(first.complete).toBe(false);
    expect(first.evaluated).toBe(store.size);
    expect(store.size).toBeLessThan(whole.size);
    const second = await run(study, store);
    expect(second).toMatchObject({ complete: true, reused: first.evaluated, evaluated: whole.size - first.evaluated });
    expect(await resultsOf(study, store)).toEqual(await resultsOf(study, whole));
  });

  it.each([
    ['grid', grid],
    ['nsga-2', evolving],
  ])('does not hang on the order of chunks: %s', async (_, study) => {
    const [forth, back] = [new MemoryStore(), new MemoryStore()];
    await run(study, forth);
    await run(study, back, { executor: backwards });
    expect(JSON.stringify(await resultsOf(study, back))).toBe(JSON.stringify(await resultsOf(study, forth)));
  });

  it('recomputes only what changed, and tells what is kept in the words of the new study', async () => {
    const store = new MemoryStore();
    await run(smallStudy({ axes: [{ field: 'cores', values: [1, 2] }] }), store);
    const wider = smallStudy({
      axes: [{ name: 'chips', field: 'cores', values: [4, 2] }],
      constraints: ['latencyMs <= 0'],
    });
    expect(await run(wider, store)).toMatchObject({ evaluated: 1, reused: 1 });
    expect((await resultsOf(wider, store)).map(({ index, values, feasible }) => ({ index, values, feasible }))).toEqual(
      [
        { index: 0, values: { chips: 4 }, feasible: false },
        { index: 1, values: { chips: 2 }, feasible: false },
      ],
    );
  });

  it('answers two points that are one machine once', async () => {
    const store = new MemoryStore();
    const study = smallStudy({
      axes: [{ name: 'twins', levels: { one: { cores: 2 }, other: { cores: 2 } } }],
    });
    expect(await run(study, store)).toMatchObject({ evaluated: 1, reused: 1, complete: true });
    expect((await resultsOf(study, store)).map(({ values }) => values['twins'])).toEqual(['one', 'other']);
  });

  it('is cut into shards that together are the whole', async () => {
    const stores = [0, 1, 2].map(() => new MemoryStore());
    for (const [index, store] of stores.entries()) {
      const outcome = await run(grid, store, { shard: { index, count: 3 } });
      expect(outcome.complete).toBe(true);
      expect(store.size).toBeGreaterThan(0);
    }
    expect(stores.reduce((sum, { size }) => sum + size, 0)).toBe(80);
    const merged = new MemoryStore();
    for (const store of stores) for await (const result of store.load()) await merged.append('', [result]);
    const whole = new MemoryStore();
    await run(grid, whole);
    expect(await resultsOf(grid, merged)).toEqual(await resultsOf(grid, whole));
  });

  it('refuses shards of a search that learns', async () => {
    await expect(run(evolving, new MemoryStore(), { shard: { index: 0, count: 2 } })).rejects.toThrow(
      'small: sampler: nsga-2 chooses points by what others came to, so it cannot be cut into shards',
    );
  });

  it('does not call a study complete of which an executor left something', async () => {
    await expect(run(grid, new MemoryStore(), { executor: nobody })).rejects.toThrow('executor nobody left chunks');
  });

  it('begins nothing where the signal is given already', async () => {
    const store = new MemoryStore();
    expect(await run(grid, store, { signal: AbortSignal.abort() })).toMatchObject({ evaluated: 0, complete: false });
    expect(store.size).toBe(0);
  });
});

describe('studyResults', () => {
  it('of a search that was stopped are those it got to', async () => {
    const store = new MemoryStore();
    const { evaluated } = await stopped(evolving, store, 1);
    const results = await resultsOf(evolving, store);
    expect(results.length).toBe(evaluated);
    const whole = new MemoryStore();
    await run(evolving, whole);
    expect(results).toEqual((await resultsOf(evolving, whole)).slice(0, evaluated));
  });
});
