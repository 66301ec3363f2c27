/** A worker of the queue that is named, whose threads are deadly; the rest of it is in the folder BUILT. */
import { fileURLToPath } from 'node:url';

const { parseRedisAddress } = await import(`${process.env.BUILT}/node/queue/redis-address.js`);
const { runWorker } = await import(`${process.env.BUILT}/node/queue/worker.js`);

const address = parseRedisAddress(process.argv[2], 'address');
const threadFile = { path: fileURLToPath(new URL('./deadly-thread.mjs', import.meta.url)) };
const controller = new AbortController();
process.on('SIGTERM', () => controller.abort());
const say = (line) => console.error(line);
await runWorker({ address, concurrency: 1, patienceSeconds: 1, say, threadFile }, controller.signal);
