import { fileURLToPath } from 'node:url';
import { execArgv } from '../../src/node/explore/executor/source-thread.test-data.js';
import { parseRedisAddress } from '../../src/node/queue/redis-address.js';
import { runWorker } from '../../src/node/queue/worker.js';

/** A worker of the queue that is named, whose threads are deadly. */
const address = parseRedisAddress(process.argv[2] ?? '', 'address');
const threadFile = { path: fileURLToPath(new URL('./deadly-thread.ts', import.meta.url)), execArgv };
const controller = new AbortController();
process.on('SIGTERM', () => controller.abort());
const say = (line: string): void => console.error(line);
await runWorker({ address, concurrency: 1, patienceSeconds: 1, say, threadFile }, controller.signal);
