import type { DesignPoint, PointAnswer, PreparedStudy } from '../../index.js';
import { MODEL_VERSION } from '../../index.js';
import { keyOf } from '../explore/key.js';
import { studyText } from '../explore/study-folder.js';

/** Goes up by 1 when studies or answers get a field that an earlier worker would not know. */
const FORM = 2;

/** Workers of another version of the model or of the form would give other answers: they look at another queue. */
export const QUEUE_NAME = `accelsim-model-${MODEL_VERSION}-form-${FORM}`;

/** Points for a worker; its study is kept once beside the queue. */
export interface JobData {
  readonly study: string;
  readonly points: readonly Pick<DesignPoint, 'index' | 'values'>[];
}

/** What points came to, in their order. */
export interface JobReply {
  readonly answers: readonly Pick<PointAnswer, 'metrics' | 'feasible' | 'error'>[];
}

/** A study as it stands in Redis. */
export interface PackedStudy {
  readonly hash: string;
  readonly text: string;
}

export function packStudy(study: PreparedStudy): PackedStudy {
  const text = studyText(study);
  return { hash: keyOf(text), text };
}

export function studyKey(hash: string): string {
  return `accelsim:study:${hash}`;
}

/** How often points may take the process of their worker with them, before they are told apart. */
export const MAX_WORKER_DEATHS = 3;

/** Studies and answers that nobody asks for any more leave Redis after this. */
export const FORGOTTEN_AFTER_SECONDS = 7 * 24 * 60 * 60;
