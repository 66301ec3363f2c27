import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { executorConformance } from '../../src/explore/executor/conformance.test-data.js';
import { queueExecutor } from '../../src/node/queue/queue-executor.js';
import { parseRedisAddress, type RedisAddress } from '../../src/node/queue/redis-address.js';
import { runWorker } from '../../src/node/queue/worker.js';
import { builtThread } from '../fixtures/built-package.js';
import { describeWith, redisServer } from '../fixtures/describe-with.js';
import { RedisServer } from './redis-server.js';

const PATIENCE_MS = 120_000;

describeWith(redisServer, 'a queue on a real Redis server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'accelsim-queue-'));
  const controller = new AbortController();
  const say = (line: string): void => expect.fail(line);
  let server: RedisServer;
  let address: RedisAddress;
  let working: Promise<unknown>;

  beforeAll(async () => {
    server = await RedisServer.start(folder);
    address = parseRedisAddress(server.url, '--queue');
    const options = { address, concurrency: 2, patienceSeconds: 5, say, threadFile: await builtThread() };
    working = runWorker(options, controller.signal);
  }, PATIENCE_MS);
  afterAll(async () => {
    controller.abort();
    await working;
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }, PATIENCE_MS);

  executorConformance('queue', () => ({ executor: queueExecutor({ address, say }) }), PATIENCE_MS);
});
