import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Chunk, Executor, OnChunk, PointAnswer, PreparedStudy, StopSignal } from '../../../index.js';
import { setEngine } from './engine.js';
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
  const open = (study: PreparedStudy): void => {
    lanes = Array.from({ length: workers }, () => new Lane(study, threadFile, workers));
    studied = study;
  };
  return {
    name: 'threads',
    async prepare(study) {
      if (studied === undefined) open(study);
      await Promise.all(lanes.map((lane) => lane.begin()));
    },
    async run(study, chunks, onChunk, signal) {
      if (study !== studied) {
        // A study that learns runs batch after batch: its threads wait for the next, and do not keep the program alive.
        await Promise.all(lanes.map((lane) => lane.end()));
        open(study);
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
  make: ({ workers = availableParallelism() }) => {
    setEngine(workers);
    return threadsExecutor({ workers });
  },
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
    let inHand = begin(lane, shared);
    while (inHand !== undefined) {
      const { chunk, answering } = inHand;
      const answers = await answering;
      // A store that is slower than the thread holds it up, so that answers do not heap up.
      await delivered;
      // The thread is at its next chunk while this one is put away.
      inHand = begin(lane, shared);
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

interface InHand {
  readonly chunk: Chunk;
  readonly answering: Promise<readonly PointAnswer[]>;
}

/** Gives the thread a chunk; none where there are no more, or an end is asked for. */
function begin(lane: Lane, shared: Shared): InHand | undefined {
  if (shared.signal.aborted || shared.failed) return undefined;
  const chunk = shared.drawn.shift() ?? drawn(shared);
  if (chunk === undefined) return undefined;
  const answering = lane.answer(chunk.points);
  answering.catch(() => undefined);
  // To draw a chunk takes a while, in which threads should be at work.
  if (shared.drawn.length < shared.lanes) drawAhead(shared);
  return { chunk, answering };
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
