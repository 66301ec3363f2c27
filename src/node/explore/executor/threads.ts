import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Chunk, Executor, OnChunk, PreparedStudy, StopSignal } from '../../../index.js';
import type { ExecutorChoice } from './executor-choice.js';
import { Lane, type ThreadFile } from './lane.js';

export interface ThreadsOptions {
  /** Threads at once; by default as many as the computer runs in parallel. */
  readonly workers?: number;
  /** By default the file beside this one. */
  readonly threadFile?: ThreadFile;
}

/** As this file is built or not, so is that of the thread. */
const ownEnding = extname(fileURLToPath(import.meta.url));
export const threadPath = fileURLToPath(new URL(`./thread${ownEnding}`, import.meta.url));

/**
 * Threads of this process. Each takes a chunk when it has none; the answers of one are kept while the next is worked on.
 * From source, threads need what reads TypeScript: `threadFile` says so.
 */
export function threadsExecutor(options: ThreadsOptions = {}): Executor {
  const { workers = availableParallelism(), threadFile = { path: threadPath } } = options;
  let lanes: readonly Lane[] = [];
  let studied: PreparedStudy | undefined;
  return {
    name: 'threads',
    async run(study, chunks, onChunk, signal) {
      if (study !== studied) {
        // A study that learns runs batch after batch: its threads wait for the next, and do not keep the program alive.
        await Promise.all(lanes.map((lane) => lane.end()));
        lanes = Array.from({ length: workers }, () => new Lane(study, threadFile));
        studied = study;
      }
      const shared = {
        supply: chunks[Symbol.iterator](),
        drawn: [],
        lanes: lanes.length,
        deliver: oneAfterTheOther(onChunk),
        signal,
        failed: false,
      };
      const ends = await Promise.allSettled(lanes.map((lane) => workThrough(lane, shared)));
      const failure = ends.find((end) => end.status === 'rejected');
      if (failure !== undefined) throw failure.reason;
    },
  };
}

export const threads = {
  description: 'on threads of the command, as many as the computer runs at once',
  heeds: ['workers'],
  parallel: ({ workers = availableParallelism() }) => workers,
  make: ({ workers }) => threadsExecutor(workers === undefined ? {} : { workers }),
} as const satisfies ExecutorChoice;

interface Shared {
  readonly supply: Iterator<Chunk>;
  /** Chunks that lie ready, for whichever thread is free first. */
  readonly drawn: Chunk[];
  readonly lanes: number;
  readonly deliver: OnChunk;
  readonly signal: StopSignal;
  /** Set by the first lane that fails: the others finish what they have in hand. */
  failed: boolean;
}

async function workThrough(lane: Lane, shared: Shared): Promise<void> {
  let delivered: Promise<void> = Promise.resolve();
  try {
    while (!shared.signal.aborted && !shared.failed) {
      const chunk = shared.drawn.shift() ?? drawn(shared);
      if (chunk === undefined) break;
      const answering = lane.answer(chunk.points);
      // To draw a chunk takes a while, in which threads should be at work.
      if (shared.drawn.length < shared.lanes) drawAhead(shared);
      const answers = await answering;
      // A store that is slower than the thread holds it up, so that answers do not heap up.
      await delivered;
      delivered = shared.deliver(chunk, answers);
      // A failure is met where it is waited for.
      delivered.catch(() => undefined);
    }
    await delivered;
  } catch (error) {
    shared.failed = true;
    throw error;
  }
}

function drawn({ supply }: Shared): Chunk | undefined {
  const next = supply.next();
  return next.done === true ? undefined : next.value;
}

function drawAhead(shared: Shared): void {
  const chunk = drawn(shared);
  if (chunk !== undefined) shared.drawn.push(chunk);
}

function oneAfterTheOther(onChunk: OnChunk): OnChunk {
  let last: Promise<void> = Promise.resolve();
  return (chunk, answers) => {
    const turn = last.then(() => onChunk(chunk, answers));
    last = turn;
    last.catch(() => undefined);
    return turn;
  };
}
