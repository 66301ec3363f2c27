import { describe, expect, it } from 'vitest';
import { startSampler } from '../sampler/index.js';
import { evaluatePoints } from '../study/evaluate.js';
import { keysOf } from '../study/identity.js';
import type { Chunk, KeyedPoint, PointAnswer } from '../study/point.js';
import { smallStudy, testKey } from '../study/studies.test-data.js';
import type { Executor } from './executor.js';

/** An executor, and what has to be done when it is no longer needed. */
export interface MadeExecutor {
  readonly executor: Executor;
  readonly close?: () => void | Promise<void>;
}

/** Machines of which half are too small for the widest kernel, and half have no legal MAC unit. */
const study = smallStudy({
  axes: [
    { field: 'bits', values: [16, 8, 4] },
    { field: 'cores', values: [1, 2] },
    { name: 'mac', levels: { even: {}, odd: { 'mac.modeBits': [3] } } },
    { field: 'offChip.bandwidthGBps', values: [1, 'inf'] },
    { field: 'scratchpad.capacityKiB', values: [1, 8] },
  ],
  workloads: ['wide', 'tiny'],
  constraints: ['latencyMs <= 0.05'],
});

function chunksOfSize(size: number): Chunk[] {
  const key = keysOf(study, testKey);
  const points = [...startSampler(study).next([])!].map((point): KeyedPoint => ({ ...point, key: key(point) }));
  const chunks: Chunk[] = [];
  for (let first = 0; first < points.length; first += size) {
    const members = points.slice(first, first + size);
    chunks.push({ id: testKey(members.map((point) => point.key).join()), ordinal: chunks.length, points: members });
  }
  return chunks;
}

/** More chunks than can ever be worked off. */
function* endless(chunks: readonly Chunk[], drawn: () => void): Generator<Chunk> {
  for (let round = 0; ; round++) {
    for (const chunk of chunks) {
      drawn();
      yield { ...chunk, id: `${chunk.id}-${round}` };
    }
  }
}

/**
 * What every executor promises: whoever answers, the answers are the same to the byte; a poisoned point is no more than that; an
 * end that is asked for comes soon and loses nothing that was begun.
 * @param milliseconds that a test may take, start of the workers included
 */
export function executorConformance(
  name: string,
  make: () => MadeExecutor | Promise<MadeExecutor>,
  milliseconds = 30_000,
): void {
  const using = async (use: (executor: Executor) => Promise<void>): Promise<void> => {
    const { executor, close } = await make();
    try {
      await use(executor);
    } finally {
      await close?.();
    }
  };
  const never = (): AbortSignal => new AbortController().signal;

  describe(`executor ${name}`, () => {
    it('answers every chunk once, as each point is answered by itself, to the byte', { timeout: milliseconds }, () =>
      using(async (executor) => {
        const chunks = chunksOfSize(5);
        const answered = new Map<string, readonly PointAnswer[]>();
        await executor.run(
          study,
          chunks,
          (chunk, answers) => {
            expect(answered.has(chunk.id)).toBe(false);
            answered.set(chunk.id, answers);
            return Promise.resolve();
          },
          never(),
        );
        const texts = chunks.map(({ id }) => JSON.stringify(answered.get(id)));
        const alone = chunks.map(({ points }) =>
          JSON.stringify(points.flatMap((point) => evaluatePoints(study, [point]))),
        );
        expect(texts).toEqual(alone);
      }),
    );

    it('records poisoned points, and answers their neighbours', { timeout: milliseconds }, () =>
      using(async (executor) => {
        const all: PointAnswer[] = [];
        const keep = (_: Chunk, answers: readonly PointAnswer[]): Promise<void> => {
          all.push(...answers);
          return Promise.resolve();
        };
        await executor.run(study, chunksOfSize(7), keep, never());
        const poisoned = all.filter(({ values }) => values['mac'] === 'odd' || tooSmall(values));
        expect(poisoned.length).toBeGreaterThan(0);
        expect(all.filter(({ error }) => error !== null)).toEqual(poisoned);
        expect(all.filter(({ metrics }) => metrics !== null).length).toBe(all.length - poisoned.length);
      }),
    );

    it('does nothing for no chunks', { timeout: milliseconds }, () =>
      using(async (executor) => {
        let calls = 0;
        await executor.run(study, [], () => Promise.resolve(void (calls += 1)), never());
        expect(calls).toBe(0);
      }),
    );

    it('begins nothing once an end is asked for, and finishes what it has begun', { timeout: milliseconds }, () =>
      using(async (executor) => {
        const controller = new AbortController();
        let drawn = 0;
        let drawnAtEnd = 0;
        const finished = new Set<string>();
        await executor.run(
          study,
          endless(chunksOfSize(2), () => (drawn += 1)),
          (chunk) => {
            expect(finished.has(chunk.id)).toBe(false);
            finished.add(chunk.id);
            if (finished.size === 3) {
              controller.abort();
              drawnAtEnd = drawn;
            }
            return Promise.resolve();
          },
          controller.signal,
        );
        expect(finished.size).toBeGreaterThanOrEqual(3);
        expect(drawn).toBe(drawnAtEnd);
        expect(finished.size).toBeLessThanOrEqual(drawn);
      }),
    );

    it('does not begin where the end was asked for before', { timeout: milliseconds }, () =>
      using(async (executor) => {
        let calls = 0;
        const over = AbortSignal.abort();
        await executor.run(study, chunksOfSize(2), () => Promise.resolve(void (calls += 1)), over);
        expect(calls).toBe(0);
      }),
    );

    it('waits for what is done with the answers, and fails when that fails', { timeout: milliseconds }, () =>
      using(async (executor) => {
        let open = 0;
        const slow = async (): Promise<void> => {
          open += 1;
          await new Promise((resolve) => {
            setTimeout(resolve, 5);
          });
          open -= 1;
        };
        await executor.run(study, chunksOfSize(12), slow, never());
        expect(open).toBe(0);
        const full = (): Promise<void> => Promise.reject(new Error('the disk is full'));
        await expect(executor.run(study, chunksOfSize(12), full, never())).rejects.toThrow('the disk is full');
      }),
    );
  });
}

/** 961 weights and as many inputs of 8 bits or more, as the layer is the first and the last: more than 1 KiB. */
function tooSmall(values: PointAnswer['values']): boolean {
  return values['scratchpad.capacityKiB'] === 1;
}
