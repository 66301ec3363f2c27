import type { Executor, StopSignal } from '../../index.js';
import { failure } from '../../index.js';
import { packStudy } from './job.js';
import { QueueRun, type QueuePace } from './queue-run.js';
import type { RedisAddress } from './redis-address.js';
import { connectRedis, loadQueuePackages, type RedisConnection } from './redis.js';

/** How often is asked whether commands wait in vain. */
const IMPATIENCE_MS = 200;

export interface QueueOptions {
  readonly address: RedisAddress;
  /** Is told when the server goes and comes back. */
  readonly say: (line: string) => void;
  readonly pace?: Partial<QueuePace>;
}

/**
 * Chunks go to Redis as jobs, and workers anywhere answer them: `accelsim worker`. What is finished waits in Redis until it
 * is collected, so that this process may die and be started again; what Redis forgets is asked for again.
 */
export function queueExecutor({ address, say, pace }: QueueOptions): Executor {
  return {
    name: 'queue',
    async run(study, chunks, onChunk, signal) {
      if (signal.aborted) return;
      const packages = await loadQueuePackages();
      const connection = await connectRedis(packages, address, say);
      const away = inVain(connection, signal);
      try {
        const work = async (): Promise<void> => {
          const run = await QueueRun.open({ packages, connection, study: packStudy(study), say, pace });
          await run.answerAll(chunks[Symbol.iterator](), onChunk, signal);
        };
        await Promise.race([work(), away.promise]);
      } catch (error) {
        throw fullServer(address, error) ?? error;
      } finally {
        away.end();
        connection.close();
      }
    },
  };
}

/**
 * Makes sure, before anything is written, that the packages are installed and a server answers.
 * @throws AccelsimError otherwise
 */
export async function checkQueue({ address }: Pick<QueueOptions, 'address'>): Promise<void> {
  const packages = await loadQueuePackages();
  (await connectRedis(packages, address, () => undefined)).close();
}

/**
 * Commands wait for a server that is away, for as long as it takes, and are not refused when the connection is closed. The
 * promise is kept where an end is asked for meanwhile: what workers finish is found by the next run.
 */
function inVain(connection: RedisConnection, signal: StopSignal): { readonly promise: Promise<void>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (signal.aborted && connection.isAway) resolve();
    }, IMPATIENCE_MS);
  });
  return { promise, end: () => clearInterval(timer) };
}

function fullServer({ name }: RedisAddress, error: unknown): Error | undefined {
  if (!(error instanceof Error) || !/\bOOM command not allowed/.test(error.message)) return undefined;
  const hint = 'give it more with CONFIG SET maxmemory; the same command goes on from there';
  return failure('--queue', '', `the Redis server at ${name} has used up its maxmemory`, undefined, hint);
}
