import type { Chunk, PointAnswer } from '../study/point.js';
import type { PreparedStudy } from '../study/prepared-study.js';

/** Asks for an end. An `AbortSignal` is one. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Takes the answers of one chunk, in the order of its points, once; the chunk is done when the promise is kept. */
export type OnChunk = (chunk: Chunk, answers: readonly PointAnswer[]) => Promise<void>;

/**
 * Whoever answers the points of a study: here, on threads, on other computers. All give the same answers to the byte;
 * the order of the chunks is theirs. The conformance suite says what they promise.
 */
export interface Executor {
  readonly name: string;
  /**
   * Gets ready for a study that will be run, where that takes a while: threads begin, and load what they need. May be left
   * out, and so may the call; what goes wrong, `run` will tell.
   */
  readonly prepare?: (study: PreparedStudy) => Promise<void>;
  /**
   * Answers every chunk. Takes no more of them than it can work on, so that a study need not fit into memory. Once
   * `signal` asks for an end, no other chunk is begun, those in hand are finished, and the promise is kept.
   * @throws what `onChunk` throws, and when no chunk can be answered any more; never because of a single point
   */
  run(study: PreparedStudy, chunks: Iterable<Chunk>, onChunk: OnChunk, signal: StopSignal): Promise<void>;
}
