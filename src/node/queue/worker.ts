import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { PreparedStudy } from '../../index.js';
import type { ThreadFile } from '../explore/executor/lane.js';
import { threadPath } from '../explore/executor/threads.js';
import { MAX_WORKER_DEATHS, QUEUE_NAME, studyKey, type JobData, type JobReply } from './job.js';
import { Lanes } from './lanes.js';
import type { RedisAddress } from './redis-address.js';
import { connectRedis, loadQueuePackages, type RedisConnection } from './redis.js';

export interface WorkerOptions {
  readonly address: RedisAddress;
  /** Chunks worked on at once, each on a thread. */
  readonly concurrency: number;
  /** A worker that is not heard of for so long is taken for dead, and its chunks are given to others. */
  readonly patienceSeconds: number;
  /** Ends after so long without work; undefined for never. */
  readonly idleSeconds?: number | undefined;
  readonly say: (line: string) => void;
  /** Called when it takes chunks. */
  readonly onReady?: () => void;
  readonly threadFile?: ThreadFile;
}

export interface WorkerOutcome {
  readonly chunks: number;
  readonly points: number;
}

const TICK_MS = 200;
/** Studies that a worker keeps at hand. */
const MAX_STUDIES = 4;

/**
 * Answers chunks of whatever studies are in the queue until the signal, or until there is nothing to do for too long. At the
 * signal it finishes what it has in hand.
 * @throws AccelsimError where no Redis server answers
 */
export async function runWorker(options: WorkerOptions, signal: AbortSignal): Promise<WorkerOutcome> {
  const {
    address,
    concurrency,
    patienceSeconds,
    idleSeconds = Infinity,
    say,
    threadFile = { path: threadPath },
  } = options;
  const packages = await loadQueuePackages();
  const connection = await connectRedis(packages, address, say);
  const lanes = new Lanes(threadFile, concurrency);
  const studies = new Studies(connection);
  let [chunks, points, active] = [0, 0, 0];
  let idleSince = performance.now();
  const answer = async ({ data }: Job<JobData, JobReply>): Promise<JobReply> => {
    active += 1;
    try {
      const answers = await lanes.answer(await studies.get(data.study), data.points);
      chunks += 1;
      points += answers.length;
      return { answers: answers.map(({ metrics, feasible, error }) => ({ metrics, feasible, error })) };
    } finally {
      active -= 1;
      idleSince = performance.now();
    }
  };
  const worker = new packages.Worker<JobData, JobReply>(QUEUE_NAME, answer, {
    connection: connection.redis,
    concurrency,
    lockDuration: patienceSeconds * 1000,
    stalledInterval: patienceSeconds * 1000,
    maxStalledCount: MAX_WORKER_DEATHS - 1,
  });
  // Whether the server is there, the connection tells; a job that another has taken over is none of ours.
  worker.on('error', () => undefined);
  let failure: unknown;
  worker.waitUntilReady().then(
    () => options.onReady?.(),
    (error: unknown) => (failure = error),
  );
  const isIdle = (): boolean => active === 0 && performance.now() - idleSince > idleSeconds * 1000;
  try {
    while (!signal.aborted && !isIdle()) {
      if (failure !== undefined) {
        worker.close(true).catch(() => undefined);
        throw failure;
      }
      await pause(TICK_MS, undefined, { signal }).catch(() => undefined);
    }
    // Without a server, what is in hand can not be handed over: another worker will answer it.
    await worker.close(connection.isAway);
  } finally {
    await lanes.end();
    connection.close();
  }
  return { chunks, points };
}

/** Studies by their hash, each fetched once. */
class Studies {
  readonly #connection: RedisConnection;
  readonly #kept = new Map<string, Promise<PreparedStudy>>();

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  get(hash: string): Promise<PreparedStudy> {
    const kept = this.#kept.get(hash);
    if (kept !== undefined) return kept;
    if (this.#kept.size >= MAX_STUDIES) this.#kept.delete(this.#kept.keys().next().value!);
    const fetched = this.#fetch(hash);
    this.#kept.set(hash, fetched);
    fetched.catch(() => this.#kept.delete(hash));
    return fetched;
  }

  async #fetch(hash: string): Promise<PreparedStudy> {
    const text = await this.#connection.redis.get(studyKey(hash));
    if (text === null) throw new Error(`Redis does not have the study ${hash} any more`);
    return JSON.parse(text) as PreparedStudy;
  }
}
