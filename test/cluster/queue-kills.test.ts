import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasStored, outcomeIn, SMALL_POINTS, storedIn, writeSmallStudy } from '../explore/small-study.js';
import { buildPackage, type BuiltPackage } from '../fixtures/built-package.js';
import { describeWith, redisServer } from '../fixtures/describe-with.js';
import { hasSaid } from '../fixtures/start-node.js';
import { NO_SERVER, Workers } from './processes.js';
import { RedisServer } from './redis-server.js';

const WORKER_KILLS = 28;
const REDIS_KILLS = 10;
const EXPLORE_KILLS = 4;
const WORKERS = 2;
/** On a computer that is busy with other things. */
const PATIENCE_MS = 600_000;

describeWith(redisServer, 'a study in a queue whose parts are killed at random moments', () => {
  const folder = mkdtempSync(join(tmpdir(), 'accelsim-queue-kills-'));
  let accelsim: BuiltPackage;
  let server: RedisServer;
  let undisturbed: ReturnType<typeof outcomeIn>;
  let workers: Workers | undefined;
  /** How long a study takes that nobody kills, with one worker that starts with it, until its points are answered. */
  let answeredMs = 0;

  beforeAll(async () => {
    accelsim = await buildPackage();
    writeSmallStudy(folder);
    const { code } = await accelsim.start(['explore', 'small.json', '--out', 'undisturbed'], folder).ended;
    expect(code).toBe(0);
    undisturbed = outcomeIn(join(folder, 'undisturbed'));
    server = await RedisServer.start(join(folder, 'redis'));
    const start = performance.now();
    workers = new Workers(accelsim, server.url, folder);
    await workers.start(1);
    const timed = explore('timed', server.url);
    await hasSaid(timed, 'answered');
    answeredMs = performance.now() - start;
    expect((await timed.ended).code).toBe(0);
    expectUndisturbed('timed');
    await workers.stop();
  }, PATIENCE_MS);
  afterAll(async () => {
    // After a failure.
    await workers?.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const explore = (out: string, url: string) =>
    accelsim.start(['explore', 'small.json', '--out', out, '--queue', url], folder);

  function expectUndisturbed(out: string): void {
    expect(outcomeIn(join(folder, out))).toEqual(undisturbed);
    const { keys, strangers } = storedIn(join(folder, out));
    expect([keys.length, new Set(keys).size, strangers]).toEqual([SMALL_POINTS, SMALL_POINTS, []]);
  }

  it(`loses and doubles no point: ${WORKER_KILLS} workers, ${REDIS_KILLS} times Redis, ${EXPLORE_KILLS} times the command`, {
    timeout: PATIENCE_MS,
  }, async () => {
    const killed = new Workers(accelsim, server.url, folder);
    workers = killed;
    await killed.start(WORKERS);
    let [redisKills, exploreKills, rounds] = [0, 0, 0];
    const isEnough = (): boolean =>
      killed.kills >= WORKER_KILLS && redisKills >= REDIS_KILLS && exploreKills >= EXPLORE_KILLS;
    for (; !isEnough(); rounds++) {
      const out = `round${rounds}`;
      let isOver = false;
      const killWorkers = async (at: number): Promise<void> => {
        for (;;) {
          await pause(answeredMs * Math.random());
          if (isOver || killed.kills >= WORKER_KILLS) return;
          await killed.kill(at);
        }
      };
      const killRedis = async (): Promise<void> => {
        for (;;) {
          await pause(answeredMs * (0.3 + Math.random()));
          if (isOver || redisKills >= REDIS_KILLS) return;
          await server.kill();
          await pause(300 * Math.random());
          await server.start();
          redisKills += 1;
        }
      };
      const runExplore = async (): Promise<void> => {
        for (let isKilled = true; isKilled; ) {
          const { process: child, ended } = explore(out, server.url);
          const timer =
            exploreKills < EXPLORE_KILLS
              ? setTimeout(() => child.kill('SIGKILL'), answeredMs * (0.3 + Math.random()))
              : undefined;
          const { code, signal, stderr } = await ended;
          clearTimeout(timer);
          if (code === 1 && stderr.includes(NO_SERVER)) continue;
          expect(stderr).not.toMatch(/error:|bug:|set aside/);
          isKilled = signal === 'SIGKILL';
          if (isKilled) exploreKills += 1;
          else expect(code).toBe(0);
        }
        isOver = true;
      };
      await Promise.all([runExplore(), killRedis(), ...Array.from({ length: WORKERS }, (_, at) => killWorkers(at))]);
      expectUndisturbed(out);
    }
    const { codes, stderr } = await killed.stop();
    expect(codes).toEqual(Array.from({ length: WORKERS }, () => 0));
    expect(stderr).not.toMatch(/error:|bug:/);
    console.info(`killed: ${killed.kills} workers, ${redisKills} Redis, ${exploreKills} explore; ${rounds} studies`);
  });

  it('asks again for what a server has forgotten that keeps nothing', { timeout: PATIENCE_MS }, async () => {
    const forgetful = await RedisServer.start(join(folder, 'forgetful'), '--appendonly', 'no');
    try {
      const started = explore('forgotten', forgetful.url);
      const [gone, back] = ['is gone', 'is back'].map((what) => hasSaid(started, what));
      await forgetful.hasJobs();
      await forgetful.kill();
      await gone;
      await forgetful.start();
      await back;
      workers = new Workers(accelsim, forgetful.url, folder);
      await workers.start(1);
      // And once more, with something done.
      await hasStored(join(folder, 'forgotten'), 1);
      await forgetful.kill();
      await forgetful.start();
      const { code, stderr } = await started.ended;
      expect(code).toBe(0);
      expect(stderr).toMatch(
        /Redis at 127\.0\.0\.1:\d+ is gone: waiting until it is back.*\n(.*\n)*.*Redis at .* is back/,
      );
      expect((await workers.stop()).codes).toEqual([0]);
      expectUndisturbed('forgotten');
    } finally {
      await forgetful.stop();
    }
  });
});
