import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isFile, readText, writeWhole } from '../files.js';
import { resumeTraining, saveCheckpoint } from './checkpoint.js';
import { type Mnist, readMnist } from './data/mnist.js';
import { type Difficulty, makeTask, type Task } from './data/task.js';
import { planLabel, type TrainingPlan } from './plan.js';
import { type EpochRecord, type Evaluation, finish } from './training.js';

/** A training that has come to its end. */
export interface TrainingResult {
  readonly plan: TrainingPlan;
  readonly difficulty: Difficulty;
  /** On the test images. */
  readonly accuracy: number;
  readonly loss: number;
  readonly epochs: readonly EpochRecord[];
}

export interface TrainingsProgress {
  readonly done: number;
  readonly all: number;
  /** What was done last, and how it ended. */
  readonly last: string;
  /** At the pace so far; null before anything was trained. */
  readonly secondsLeft: number | null;
}

/**
 * Runs trainings one after another. Each that has ended is a file in `folder`, and each under way a checkpoint after
 * every pass, so that a second call goes on where the first was stopped.
 * @param folder null: nothing is kept
 */
export function runTrainings(
  plans: readonly TrainingPlan[],
  difficulty: Difficulty,
  {
    dataFolder,
    folder,
    onProgress,
    onPass = () => undefined,
  }: {
    readonly dataFolder: string | undefined;
    readonly folder: string | null;
    readonly onProgress: (progress: TrainingsProgress) => void;
    /** Told before the first pass over the images, and after each, of all that are not done already. */
    readonly onPass?: (done: number, all: number) => void;
  },
): TrainingResult[] {
  // Read on need: a second call that finds everything done takes no time.
  let mnist: Mnist | undefined;
  let task: Task | undefined;
  const start = performance.now();
  const kept = plans.map((plan) => (folder === null ? null : join(folder, keyOf(plan, difficulty))));
  const found = kept.map((path) => (path === null ? undefined : readResult(`${path}.json`)));
  const all = plans.reduce((sum, { epochs }, at) => sum + (found[at] === undefined ? epochs : 0), 0);
  // What a checkpoint had done already says nothing of the pace.
  let [passes, trained] = [0, 0];
  return plans.map((plan, index) => {
    const result =
      found[index] ??
      train(plan, difficulty, (task ??= makeTask((mnist ??= readMnist(dataFolder)), difficulty)), kept[index]!, {
        onStart: (done) => onPass((passes += done), all),
        onPass: () => {
          trained += 1;
          onPass((passes += 1), all);
        },
      });
    const pace = trained === 0 ? null : (performance.now() - start) / 1000 / trained;
    onProgress({
      done: index + 1,
      all: plans.length,
      last: `${planLabel(plan)}: ${(100 * result.accuracy).toFixed(1)} %`,
      secondsLeft: pace === null ? null : pace * (all - passes),
    });
    return result;
  });
}

function train(
  plan: TrainingPlan,
  difficulty: Difficulty,
  task: Task,
  kept: string | null,
  { onStart, onPass }: { readonly onStart: (passesDone: number) => void; readonly onPass: () => void },
): TrainingResult {
  const checkpoint = `${kept}.checkpoint.json`;
  const training = resumeTraining(kept === null ? '' : checkpoint, plan, difficulty, task.training);
  onStart(training.epochs.length);
  const evaluation: Evaluation = finish(training, task, () => {
    onPass();
    if (kept !== null) saveCheckpoint(checkpoint, training, difficulty);
  });
  const result: TrainingResult = { plan, difficulty, ...evaluation, epochs: training.epochs };
  if (kept !== null) {
    writeWhole(`${kept}.json`, `${JSON.stringify(result)}\n`);
    rmSync(checkpoint, { force: true });
  }
  return result;
}

/** Names a training by all that its result depends on. */
function keyOf(plan: TrainingPlan, difficulty: Difficulty): string {
  return createHash('sha256')
    .update(JSON.stringify([plan, difficulty]))
    .digest('hex')
    .slice(0, 16);
}

/** A result that was kept; undefined where there is none, or what is there cannot be read as one. */
function readResult(file: string): TrainingResult | undefined {
  if (!isFile(file)) return undefined;
  try {
    const result = JSON.parse(readText(file)) as TrainingResult;
    return typeof result.accuracy === 'number' && Array.isArray(result.epochs) ? result : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
