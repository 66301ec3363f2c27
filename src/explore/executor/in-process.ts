import { evaluatePoints } from '../study/evaluate.js';
import type { Executor } from './executor.js';

/** One chunk after the other, where the call is. */
export const inProcess: Executor = {
  name: 'in-process',

  async run(study, chunks, onChunk, signal) {
    if (signal.aborted) return;
    for (const chunk of chunks) {
      await onChunk(chunk, evaluatePoints(study, chunk.points));
      if (signal.aborted) return;
    }
  },
};
