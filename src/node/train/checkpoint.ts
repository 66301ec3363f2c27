import { failure } from '../../index.js';
import { isFile, readText, writeWhole } from '../files.js';
import type { Difficulty, Samples } from './data/task.js';
import type { TrainingPlan } from './plan.js';
import { type EpochRecord, Training } from './training.js';

/** What a checkpoint file says. */
interface CheckpointFile {
  readonly checkpointVersion: typeof VERSION;
  readonly plan: TrainingPlan;
  readonly difficulty: Difficulty;
  readonly epochs: readonly EpochRecord[];
  /** Arrays of 32-bit floats, little-endian, in base64, in the order of `arraysOf`. */
  readonly arrays: readonly string[];
}

const VERSION = 1;

/** Writes everything that a training needs to go on, whole or not at all. */
export function saveCheckpoint(file: string, training: Training, difficulty: Difficulty): void {
  const content: CheckpointFile = {
    checkpointVersion: VERSION,
    plan: training.plan,
    difficulty,
    epochs: training.epochs,
    arrays: arraysOf(training).map((values) => Buffer.from(bytesOf(values)).toString('base64')),
  };
  writeWhole(file, `${JSON.stringify(content)}\n`);
}

/**
 * A training as its checkpoint left it, or from the start where there is no file. It goes on to the same numbers as one
 * that was never stopped.
 * @throws AccelsimError if the file is no checkpoint, or one of another training
 */
export function resumeTraining(file: string, plan: TrainingPlan, difficulty: Difficulty, samples: Samples): Training {
  const training = new Training(plan, samples);
  if (!isFile(file)) return training;
  const content = readCheckpoint(file);
  if (JSON.stringify([content.plan, content.difficulty]) !== JSON.stringify([plan, difficulty])) {
    throw failure(file, '', 'is a checkpoint of another training', undefined, 'remove it, or name another folder');
  }
  const arrays = arraysOf(training);
  if (content.arrays.length !== arrays.length)
    throw failure(file, 'arrays', `must be ${arrays.length}`, content.arrays.length);
  arrays.forEach((values, at) => {
    const stored = Buffer.from(content.arrays[at]!, 'base64');
    if (stored.length !== values.byteLength) {
      throw failure(file, `arrays[${at}]`, `must be ${values.byteLength} bytes`, stored.length);
    }
    bytesOf(values).set(stored);
  });
  training.epochs.push(...content.epochs);
  return training;
}

function readCheckpoint(file: string): CheckpointFile {
  try {
    const content = JSON.parse(readText(file)) as CheckpointFile;
    if (content.checkpointVersion === VERSION && Array.isArray(content.arrays) && Array.isArray(content.epochs)) {
      return content;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw failure(file, '', `is no checkpoint of version ${VERSION}`, undefined, 'remove it to train from the start');
}

/** Every array that training changes. */
function arraysOf({ network, slots }: Training): Float32Array[] {
  return [
    ...network.parameters.map(({ values }) => values),
    ...network.memories.map(({ values }) => values),
    ...slots.flat(),
  ];
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
