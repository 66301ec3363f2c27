import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AxisValue, Chunk, PointAnswer, PreparedStudy } from '../../../index.js';
import type { ThreadFile } from './lane.js';
import { answered } from './faulty-thread.test-data.js';
import { threadOf } from './source-thread.test-data.js';
import { threadsExecutor } from './threads.js';

const folder = mkdtempSync(join(tmpdir(), 'accelsim-threads-'));
afterAll(() => rmSync(folder, { recursive: true }));

const faulty: ThreadFile = { ...threadOf('./faulty-thread.test-data.ts'), memoryMiB: 64 };
const study = {} as PreparedStudy;

/** Chunks of points that do what is said, numbered through. */
function chunksOf(...deeds: readonly (readonly (string | Record<string, AxisValue>)[])[]): Chunk[] {
  let index = 0;
  return deeds.map((points, ordinal) => ({
    id: `chunk${ordinal}`,
    ordinal,
    points: points.map((deed) => ({
      key: String(index),
      index: index++,
      values: typeof deed === 'string' ? { do: deed } : deed,
    })),
  }));
}

async function answersTo(
  chunks: Iterable<Chunk>,
  { workers = 2, threadFile = faulty, signal = new AbortController().signal } = {},
): Promise<Map<string, readonly PointAnswer[]>> {
  const answers = new Map<string, readonly PointAnswer[]>();
  await threadsExecutor({ workers, threadFile }).run(
    study,
    chunks,
    (chunk, some) => {
      expect(answers.has(chunk.id)).toBe(false);
      answers.set(chunk.id, some);
      return Promise.resolve();
    },
    signal,
  );
  return answers;
}

describe('worker threads', () => {
  it.each(['exit', 'run out of memory'])(
    'record a point at which threads %s, answer all others, and go on',
    async (deed) => {
      const chunks = chunksOf(['answer', 'answer', deed, 'answer', 'answer'], ['answer'], ['answer', 'answer']);
      const answers = await answersTo(chunks);
      expect([...answers.keys()].sort()).toEqual(['chunk0', 'chunk1', 'chunk2']);
      for (const { id, points } of chunks) {
        expect(answers.get(id)).toEqual(
          points.map((point) =>
            point.values['do'] === 'answer'
              ? answered(point)
              : {
                  ...answered(point),
                  feasible: false,
                  error: expect.stringMatching(/ended its worker thread 2 times: ./),
                },
          ),
        );
      }
    },
  );

  it('give a chunk to another thread when one dies of something else, and record no error', async () => {
    const once = { do: 'exit once', file: join(folder, 'once') };
    const [chunk] = chunksOf(['answer', once, 'answer']);
    const answers = await answersTo([chunk!], { workers: 1 });
    expect(answers.get('chunk0')).toEqual(chunk!.points.map(answered));
  });

  it('end at a bug of the evaluation, with its trace', async () => {
    await expect(answersTo(chunksOf(['answer'], ['fail'], ['answer']))).rejects.toThrow(/a bug of the evaluation/);
  });

  it('end when no thread can be started, instead of blaming every point', async () => {
    const threadFile = threadOf('./dead-thread.test-data.ts');
    await expect(answersTo(chunksOf(['answer']), { threadFile })).rejects.toThrow(/no worker thread can be started/);
  });

  it('take few more chunks than there are threads to work on them', async () => {
    let taken = 0;
    let stored = 0;
    function* counted(): Generator<Chunk> {
      for (const chunk of chunksOf(...Array.from({ length: 20 }, () => ['answer']))) {
        taken += 1;
        // Two threads, for each an answer that waits to be stored, and a chunk that lies ready.
        expect(taken - stored).toBeLessThanOrEqual(6);
        yield chunk;
      }
    }
    const executor = threadsExecutor({ workers: 2, threadFile: faulty });
    const store = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      stored += 1;
    };
    await executor.run(study, counted(), store, new AbortController().signal);
    expect([taken, stored]).toEqual([20, 20]);
  });

  it('stop at what the store throws, and let nothing follow', async () => {
    let calls = 0;
    const full = new Error('full');
    const run = threadsExecutor({ workers: 2, threadFile: faulty }).run(
      study,
      chunksOf(...Array.from({ length: 50 }, () => ['answer'])),
      () => Promise.reject(calls++ === 0 ? full : new Error('called again')),
      new AbortController().signal,
    );
    await expect(run).rejects.toBe(full);
    expect(calls).toBe(1);
  });
});
