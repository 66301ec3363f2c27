import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysOf } from '../../src/explore/study/identity.js';
import { smallStudy, testKey } from '../../src/explore/study/studies.test-data.js';
import { evaluatePoints, startSampler, type Chunk, type PointAnswer } from '../../src/index.js';
import { parseRedisAddress } from '../../src/node/queue/redis-address.js';
import { queueExecutor } from '../../src/node/queue/queue-executor.js';
import { hasStored, outcomeIn, writeSmallStudy } from '../explore/small-study.js';
import { buildPackage, type BuiltPackage } from '../fixtures/built-package.js';
import { describeWith, redisServer } from '../fixtures/describe-with.js';
import { hasSaid } from '../fixtures/start-node.js';
import { Workers } from './processes.js';
import { RedisServer } from './redis-server.js';

const PATIENCE_MS = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'accelsim-queue-'));
let accelsim: BuiltPackage;

beforeAll(async () => {
  accelsim = await buildPackage();
  writeSmallStudy(folder);
}, PATIENCE_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWith(redisServer, 'a study in a queue', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start(join(folder, 'redis'));
  });
  afterAll(() => server.stop());

  it('gives up a point that ends its workers, with that as its error, and answers all others', {
    timeout: PATIENCE_MS,
  }, async () => {
    const study = smallStudy();
    const key = keysOf(study, testKey);
    const points = [...startSampler(study).next([])!].map((point) => ({ ...point, key: key(point) }));
    // Point 1 is deadly: alone after one halving.
    const chunks = [points.slice(0, 2), points.slice(2)].map(
      (members, ordinal): Chunk => ({ id: `chunk${ordinal}`, ordinal, points: members }),
    );
    const controller = new AbortController();
    const respawned = keepDeadlyWorker(server.url, controller.signal);
    const answers: PointAnswer[] = [];
    await queueExecutor({ address: parseRedisAddress(server.url, ''), say: () => undefined }).run(
      study,
      chunks,
      (_, some) => Promise.resolve(void answers.push(...some)),
      new AbortController().signal,
    );
    controller.abort();
    // Three of the chunk, three of the point.
    expect(await respawned).toBe(6);
    answers.sort((one, other) => one.index - other.index);
    const expected = evaluatePoints(study, points);
    const { index, values } = expected[1]!;
    const error = 'ended its worker process 3 times';
    expect(answers).toEqual(expected.with(1, { index, values, metrics: null, feasible: false, error }));
  });

  it('stops at Ctrl-C with what workers have in hand, leaves no work behind, and goes on', {
    timeout: PATIENCE_MS,
  }, async () => {
    const explore = ['explore', 'long.json', '--out', 'stopped', '--queue', server.url];
    const workers = new Workers(accelsim, server.url, folder);
    const begun = accelsim.start(explore, folder);
    await hasSaid(begun, 'by the time that');
    await workers.start(1);
    await hasStored(join(folder, 'stopped'), 2);
    begun.process.kill('SIGINT');
    const { code, stdout, stderr } = await begun.ended;
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/stopping: the chunks in hand are finished/);
    const stored = readdirSync(join(folder, 'stopped', 'points')).length;
    // Nothing is answered for nobody.
    const { stderr: said } = await workers.stop();
    expect(Number(/answered [\d,]+ points in (\d+) chunks/.exec(said)![1])).toBe(stored);
    await workers.start(2);
    expect((await accelsim.start(explore, folder).ended).code).toBe(0);
    await workers.stop();
    const alone = await accelsim.start(['explore', 'long.json', '--out', 'alone'], folder).ended;
    expect(alone.code).toBe(0);
    expect(outcomeIn(join(folder, 'stopped'))).toEqual(outcomeIn(join(folder, 'alone')));
  });

  it('ends at Ctrl-C while Redis is away, and so do workers', { timeout: PATIENCE_MS }, async () => {
    const brief = await RedisServer.start(join(folder, 'brief'));
    const worker = accelsim.start(['worker', '--queue', brief.url, '--concurrency', '1'], folder);
    await hasSaid(worker, 'working for');
    const explore = accelsim.start(['explore', 'long.json', '--out', 'away', '--queue', brief.url], folder);
    const gone = [explore, worker].map((process) => hasSaid(process, 'is gone: waiting until it is back'));
    await hasStored(join(folder, 'away'), 1);
    await brief.kill();
    await Promise.all(gone);
    for (const { process } of [explore, worker]) process.kill('SIGINT');
    expect((await explore.ended).code).toBe(130);
    expect((await worker.ended).code).toBe(0);
  });

  it('says that no worker is there; a worker without work ends when it is told to', {
    timeout: PATIENCE_MS,
  }, async () => {
    const explore = accelsim.start(['explore', 'small.json', '--out', 'lonely', '--queue', server.url], folder);
    await hasSaid(explore, 'no worker takes chunks from the queue');
    explore.process.kill('SIGINT');
    expect((await explore.ended).code).toBe(130);
    const worker = await accelsim.start(['worker', '--queue', server.url, '--idle', '1'], folder).ended;
    expect([worker.code, worker.stderr]).toEqual([0, expect.stringMatching(/answered 0 points in 0 chunks\n$/)]);
  });

  it('says whose password is missing or wrong', { timeout: PATIENCE_MS }, async () => {
    const closed = await RedisServer.start(join(folder, 'closed'), '--requirepass', 'secret');
    for (const [url, message] of [
      [closed.url, /lets nobody in so: NOAUTH/],
      [closed.url.replace('//', '//:wrong@'), /lets nobody in so: WRONGPASS/],
    ] as const) {
      const { code, stderr } = await accelsim.start(['worker', '--queue', url], folder).ended;
      expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    }
    const { code } = await accelsim.start(
      ['worker', '--queue', closed.url.replace('//', '//:secret@'), '--idle', '1'],
      folder,
    ).ended;
    expect(code).toBe(0);
    await closed.stop();
  });
});

describe('a queue without a server', { timeout: PATIENCE_MS }, () => {
  const nobody = ['--queue', 'redis://127.0.0.1:1'];
  it.each<readonly [readonly string[], RegExp]>([
    [
      ['worker', ...nobody],
      /^error: --queue: no Redis server answers at 127\.0\.0\.1:1 .*redis-server --port 1 --appendonly yes/,
    ],
    [
      ['explore', 'small.json', '--out', 'none', ...nobody],
      /error: --queue: no Redis server answers at 127\.0\.0\.1:1 /,
    ],
  ])('is told: %j', async (args, message) => {
    const { code, stdout, stderr } = await accelsim.start(args, folder).ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

/** Starts a deadly worker whenever one has died. @returns how many have */
async function keepDeadlyWorker(url: string, signal: AbortSignal): Promise<number> {
  const file = fileURLToPath(new URL('./deadly-worker.mjs', import.meta.url));
  const env = { ...process.env, BUILT: accelsim.path('.') };
  for (let deaths = 0; ; deaths++) {
    const child = spawn(process.execPath, [file, url], { stdio: 'ignore', env });
    const end = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', end);
    await new Promise((resolve) => {
      child.on('exit', resolve);
    });
    signal.removeEventListener('abort', end);
    if (signal.aborted) return deaths;
  }
}
