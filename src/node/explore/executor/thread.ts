import { workerData } from 'node:worker_threads';
import type { DesignPoint, PointAnswer, PreparedStudy } from '../../../index.js';
import { evaluatePoints } from '../../../index.js';

/** What a thread is given once, when it is made: the study. */
export type ThreadData = PreparedStudy;

/** What a chunk came to in a thread; a bug crosses over as its trace, so that it is not taken for a thread's death. */
export type ThreadReply = { readonly answers: readonly PointAnswer[] } | { readonly bug: string };

/** The task of a thread: answers the points of a chunk. */
export function answer(points: readonly DesignPoint[]): ThreadReply {
  try {
    return { answers: evaluatePoints(studyOfThread(), points) };
  } catch (error) {
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Piscina hands over what its pool was made with. */
function studyOfThread(): PreparedStudy {
  return workerData as ThreadData;
}
