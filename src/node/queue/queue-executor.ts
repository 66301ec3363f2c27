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
      const impatience = closeWhenInVain(connection, signal);
      try {
        const run = await QueueRun.open({ packages, connection, study: packStudy(study), say, pace });
        await run.answerAll(chunks[Symbol.iterator](), onChunk, signal);
      } catch (error) {
        // What workers finish meanwhile is kept by the server, and found by the next run.
        if (!impatience.wasInVain()) throw fullServer(address, error) ?? error;
      } finally {
        impatience.end();
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

/** Commands wait for a server that is away; where an end is asked for, they are given up. */
function closeWhenInVain(connection: RedisConnection, signal: StopSignal): { wasInVain(): boolean; end(): void } {
  let inVain = false;
  const timer = setInterval(() => {
    if (!signal.aborted || !connection.isAway) return;
    inVain = true;
    connection.close();
  }, IMPATIENCE_MS);
  return { wasInVain: () => inVain, end: () => clearInterval(timer) };
}

function fullServer({ name }: RedisAddress, error: unknown): Error | undefined {
  if (!(error instanceof Error) || !/\bOOM command not allowed/.test(error.message)) return undefined;
  const hint = 'give it more with CONFIG SET maxmemory; the same command goes on from there';
  return failure('--queue', '', `the Redis server at ${name} has used up its maxmemory`, undefined, hint);
}
