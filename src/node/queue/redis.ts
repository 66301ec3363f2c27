import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { failure } from '../../index.js';
import { loadOptional } from '../optional-package.js';
import type { RedisAddress } from './redis-address.js';

/** Of the first attempt; once connected, a connection is taken up again for as long as it takes. */
const FIRST_CONNECT_MS = 5000;
/** So long a server may be on its way. */
const FIRST_PATIENCE_MS = 2000;
const RECONNECT_MS = 500;

export type QueuePackages = typeof import('bullmq') & { readonly Redis: typeof import('ioredis').Redis };

/** @throws AccelsimError that says how to install them where they are not */
export function loadQueuePackages(): Promise<QueuePackages> {
  return loadOptional('--queue', ['bullmq', 'ioredis'], async () => {
    const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { ...bullmq, Redis };
  });
}

/** A connection that outlives the server: what is asked meanwhile waits. */
export interface RedisConnection {
  readonly redis: Redis;
  readonly isAway: boolean;
  /** Ends at once, even where no server is. */
  close(): void;
}

/**
 * Connects to a server that is there now, or in a moment.
 * @param say is told when the server goes and comes back
 * @throws AccelsimError naming host and port where there is none, or it lets nobody in
 */
export async function connectRedis(
  packages: Pick<QueuePackages, 'Redis'>,
  address: RedisAddress,
  say: (line: string) => void,
): Promise<RedisConnection> {
  const end = performance.now() + FIRST_PATIENCE_MS;
  for (;;) {
    const found = await tryToConnect(packages, address, say);
    if (!(found instanceof Error)) return found;
    // One that starts at this moment, or again, is waited for; one that has a password is not.
    if (performance.now() > end || isRefusal(found)) throw unreachable(address, found);
    await pause(RECONNECT_MS);
  }
}

async function tryToConnect(
  { Redis }: Pick<QueuePackages, 'Redis'>,
  address: RedisAddress,
  say: (line: string) => void,
): Promise<RedisConnection | Error> {
  let connected = false;
  let away = false;
  let closing = false;
  let refusal: Error | undefined;
  const redis = new Redis(address.url, {
    lazyConnect: true,
    connectTimeout: FIRST_CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: () => (connected ? RECONNECT_MS : null),
  });
  redis.on('error', (error: Error) => (refusal ??= error));
  redis.on('close', () => {
    if (!connected || away || closing) return;
    away = true;
    say(`Redis at ${address.name} is gone: waiting until it is back; what is finished is safe`);
  });
  redis.on('ready', () => {
    if (away) say(`Redis at ${address.name} is back`);
    away = false;
  });
  try {
    await redis.connect();
    // Without a password where one is needed, a connection is made all the same.
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    return refusal ?? (error instanceof Error ? error : new Error(String(error)));
  }
  connected = true;
  // For its duplicates: one whose first attempt meets a server that is just going tries again.
  redis.options.lazyConnect = false;
  return {
    redis,
    get isAway() {
      return away;
    },
    close() {
      closing = true;
      redis.disconnect();
    },
  };
}

/** The server answers, and says no. */
function isRefusal({ message }: Error): boolean {
  return /^(NOAUTH|WRONGPASS|NOPERM|ERR)\b/.test(message);
}

function unreachable({ name, port }: RedisAddress, error: Error): Error {
  const { message } = error;
  if (isRefusal(error)) return failure('--queue', '', `the Redis server at ${name} lets nobody in so: ${message}`);
  const hint = `start one with: redis-server --port ${port} --appendonly yes`;
  return failure('--queue', '', `no Redis server answers at ${name}`, message, hint);
}
