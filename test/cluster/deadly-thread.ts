import type { DesignPoint } from '../../src/index.js';
import { answer as answerAll, type ThreadReply } from '../../src/node/explore/executor/thread.js';

/** A thread that ends its whole process at one point, as a library that crashes does, in place of the thread that answers points. */
export function answer(points: readonly DesignPoint[]): ThreadReply {
  if (points.some(({ index }) => index === 1)) process.kill(process.pid, 'SIGKILL');
  return answerAll(points);
}
