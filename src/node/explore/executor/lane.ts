import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { DesignPoint, PointAnswer, PreparedStudy } from '../../../index.js';
import { youngMiB } from './engine.js';
import type { ThreadData, ThreadReply } from './thread.js';

/** How to start a thread: the built file, or the source with what reads it. */
export interface ThreadFile {
  readonly path: string;
  /** Of the thread's Node; that of this process where left out. */
  readonly execArgv?: string[];
  /** What a thread may take before it is ended; Node's own measure where left out. */
  readonly memoryMiB?: number;
}

/** Points that end their thread are tried so often, the last time alone. */
export const MAX_DEATHS = 2;

/**
 * One thread at a time, and another in its place when it dies: of a bug in an engine, out of memory, by a call of exit.
 * A pool of its own for each thread keeps a death from being taken for another's, and one at the start from stalling
 * those that wait.
 */
export class Lane {
  readonly #study: ThreadData;
  readonly #file: ThreadFile;
  readonly #youngMiB: number;
  #pool: Piscina<readonly DesignPoint[], ThreadReply> | undefined;
  /** Whether any thread has ever answered: if none does, it is the thread that is broken, not the points. */
  #hasAnswered = false;

  /**
   * The thread loads its modules while others still draw the first chunk.
   * @param lanes how many there are beside each other, this one among them
   */
  constructor(study: PreparedStudy, file: ThreadFile, lanes: number) {
    this.#study = study;
    this.#file = file;
    this.#youngMiB = youngMiB(lanes);
    this.#living();
  }

  /**
   * Answers points, in their order. A death is tried again in a new thread; points that bring death again are told
   * apart by halving, and one that does so alone is answered with that as its error.
   * @throws a bug of the evaluation, or of a thread that can not even begin
   */
  async answer(points: readonly DesignPoint[]): Promise<readonly PointAnswer[]> {
    let death = '';
    for (let deaths = 0; deaths < MAX_DEATHS; deaths++) {
      const reply = await this.#ask(points);
      if ('answers' in reply) return reply.answers;
      death = reply.death;
    }
    const [first, ...others] = points;
    if (first === undefined) return [];
    if (others.length > 0) {
      const middle = Math.ceil(points.length / 2);
      return [...(await this.answer(points.slice(0, middle))), ...(await this.answer(points.slice(middle)))];
    }
    if (!this.#hasAnswered) await this.#checkThreads(death);
    const error = `ended its worker thread ${MAX_DEATHS} times: ${death}`;
    return [{ index: first.index, values: first.values, metrics: null, feasible: false, error }];
  }

  /** Waits until the thread can take points. One that can not, its first points will tell of. */
  async begin(): Promise<void> {
    await this.#ask([]);
  }

  async end(): Promise<void> {
    await this.#pool?.destroy();
    this.#pool = undefined;
  }

  async #ask(points: readonly DesignPoint[]): Promise<{ answers: readonly PointAnswer[] } | { death: string }> {
    let reply: ThreadReply;
    try {
      reply = await this.#living().run(points);
    } catch (error) {
      await loaded(this.#pool?.threads ?? []);
      await this.end();
      return { death: error instanceof Error ? error.message : String(error) };
    }
    if ('bug' in reply) throw new Error(`a worker thread failed: ${reply.bug}`);
    this.#hasAnswered = true;
    return reply;
  }

  /** A point is only to blame if a thread can answer at all. */
  async #checkThreads(death: string): Promise<void> {
    const reply = await this.#ask([]);
    if ('death' in reply) throw new Error(`no worker thread can be started: ${death}`);
  }

  #living(): Piscina<readonly DesignPoint[], ThreadReply> {
    if (this.#pool !== undefined) return this.#pool;
    const { path, execArgv, memoryMiB } = this.#file;
    this.#pool = new Piscina<readonly DesignPoint[], ThreadReply>({
      filename: path,
      name: 'answer',
      minThreads: 1,
      maxThreads: 1,
      workerData: this.#study,
      recordTiming: false,
      ...(execArgv === undefined ? {} : { execArgv }),
      resourceLimits: {
        maxYoungGenerationSizeMb: this.#youngMiB,
        ...(memoryMiB === undefined ? {} : { maxOldGenerationSizeMb: memoryMiB }),
      },
    });
    // A thread that dies while it has nothing to do: the next task makes another.
    this.#pool.on('error', () => undefined);
    return this.#pool;
  }
}

/** A thread that does not come up in this time is ended all the same. */
const LOADING_MS = 10_000;

/**
 * Waits for the threads that a pool has begun in place of a dead one, until they say that they are ready or end: Node
 * itself ends where a thread is terminated while it loads its modules.
 */
async function loaded(threads: readonly Worker[]): Promise<void> {
  await Promise.all(
    threads.map(async (thread) => {
      const { signal, done } = withDeadline(LOADING_MS);
      await Promise.race([once(thread, 'message', { signal }), once(thread, 'exit', { signal })]).catch(
        () => undefined,
      );
      done();
    }),
  );
}

function withDeadline(ms: number): { readonly signal: AbortSignal; readonly done: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
