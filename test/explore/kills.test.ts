import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStudy } from '../../src/index.js';
import { threadsExecutor } from '../../src/node/explore/executor/threads.js';
import { keyOf } from '../../src/node/explore/key.js';
import { FolderStore } from '../../src/node/explore/store/folder-store.js';
import { readStudyOf } from '../../src/node/explore/study-folder.js';
import { builtThread, buildPackage, type BuiltPackage } from '../fixtures/built-package.js';
import { hasSaid } from '../fixtures/start-node.js';
import { outcomeIn, SMALL_POINTS, storedIn, writeSmallStudy } from './small-study.js';

/** With those of the queue's parts, more than a hundred (`queue-kills.test.ts`). */
const PROCESS_KILLS = 40;
const THREAD_KILLS = 20;
/** Who answers the studies that are killed at the same time. */
const LANES = [
  ['--workers', '1'],
  ['--executor', 'in-process'],
];
/** So many times as long as points are answered a process may live; then tables and charts are written. */
const MOST = 2;
/** What the command says when it is about to open the folder: before, there is nothing to lose. */
const BEGUN = 'small: ';
/** On a computer that is busy with other things. */
const PATIENCE_MS = 600_000;

const folder = mkdtempSync(join(tmpdir(), 'accelsim-kills-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let accelsim: BuiltPackage;
let undisturbed: ReturnType<typeof outcomeIn>;
/** How long points are answered that nobody disturbs, from when the program has loaded. */
let answeringMs = 0;

beforeAll(async () => {
  accelsim = await buildPackage();
  const study = writeSmallStudy(folder);
  const { code, stderr } = await accelsim.start(
    ['explore', study, '--out', 'undisturbed', '--executor', 'in-process'],
    folder,
  ).ended;
  expect(stderr).not.toMatch(/error|bug/);
  expect(code).toBe(0);
  undisturbed = outcomeIn(join(folder, 'undisturbed'));
  const timed = accelsim.start(['explore', study, '--out', 'timed', '--workers', '1'], folder);
  await hasSaid(timed, BEGUN);
  const start = performance.now();
  await hasSaid(timed, 'answered');
  answeringMs = performance.now() - start;
  await timed.ended;
}, PATIENCE_MS);

describe('a study that is killed at random moments', () => {
  it('has every kind of point: on the front, dominated, infeasible, poisoned', () => {
    const lines = undisturbed.results.split('\n').slice(0, -1);
    expect(lines).toHaveLength(SMALL_POINTS);
    expect(undisturbed.front.split('\n').length).toBeGreaterThan(4);
    expect(lines.some((line) => line.includes('"feasible":false,"error":null'))).toBe(true);
    expect(lines.some((line) => !line.includes('"error":null'))).toBe(true);
  });

  it(`loses no point and doubles none when its process gets SIGKILL, ${PROCESS_KILLS} times`, {
    timeout: PATIENCE_MS,
  }, async () => {
    let kills = 0;
    let finished = 0;
    let resumed = 0;
    const one = async (lane: number): Promise<void> => {
      for (let round = 0; kills < PROCESS_KILLS; round++) {
        const out = `killed-${lane}-${round}`;
        // Until it ends by itself.
        for (let starts = 0; ; starts++) {
          const started = accelsim.start(['explore', 'small.json', '--out', out, ...LANES[lane]!], folder);
          await hasSaid(started, BEGUN);
          // With enough of them, what is left is finished.
          const isVictim = kills < PROCESS_KILLS;
          const timer = isVictim
            ? setTimeout(() => started.process.kill('SIGKILL'), Math.random() * MOST * answeringMs)
            : undefined;
          const { code, signal, stderr } = await started.ended;
          clearTimeout(timer);
          expect(stderr).not.toMatch(/error:|bug:|set aside/);
          if (signal === 'SIGKILL') {
            kills += 1;
            continue;
          }
          expect(code).toBe(0);
          if (starts > 0) resumed += 1;
          break;
        }
        expect(outcomeIn(join(folder, out))).toEqual(undisturbed);
        const { keys, strangers } = storedIn(join(folder, out));
        expect([keys.length, new Set(keys).size]).toEqual([SMALL_POINTS, SMALL_POINTS]);
        expect(strangers).toEqual([]);
        finished += 1;
      }
    };
    await Promise.all(LANES.map((_, lane) => one(lane)));
    expect(kills).toBeGreaterThanOrEqual(PROCESS_KILLS);
    console.info(`${kills} times SIGKILL, ${finished} studies finished, ${resumed} of them resumed`);
  });

  it(`blames no point when its threads are ended from outside, ${THREAD_KILLS} times`, {
    timeout: PATIENCE_MS,
  }, async () => {
    const study = readStudyOf(join(folder, 'undisturbed'));
    const out = join(folder, 'threads');
    const killed = { threads: 0 };
    const end = (worker: Worker): void => {
      const chunkMs = answeringMs / 10;
      const kill = async (): Promise<void> => {
        // Threads of the pool that the tests run on are not meant.
        await pause(chunkMs * (0.5 + Math.random()));
        if (killed.threads >= THREAD_KILLS || worker.threadId === -1) return;
        killed.threads += 1;
        await worker.terminate();
      };
      // Node itself ends where a thread is terminated while it loads modules; its first message says that it has.
      worker.once('message', () => void kill());
    };
    mkdirSync(out, { recursive: true });
    const threadFile = await builtThread();
    process.on('worker', end);
    try {
      for (let round = 0; killed.threads < THREAD_KILLS; round++) {
        const store = await FolderStore.open(join(out, String(round)), (line) => expect.fail(line));
        const executor = threadsExecutor({ workers: 2, threadFile });
        const { signal } = new AbortController();
        const outcome = await runStudy(study, { executor, store, keyOf, signal });
        expect([outcome.complete, outcome.evaluated, store.size]).toEqual([true, SMALL_POINTS, SMALL_POINTS]);
        const lines: string[] = [];
        for await (const result of store.load()) lines.push(JSON.stringify(result));
        expect(lines.sort()).toEqual(undisturbed.results.split('\n').slice(0, -1).sort());
      }
    } finally {
      process.off('worker', end);
    }
    expect(killed.threads).toBe(THREAD_KILLS);
  });
});
