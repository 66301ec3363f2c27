import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resumeTraining, saveCheckpoint } from './checkpoint.js';
import type { Samples, Task } from './data/task.js';
import { models, type ModelName } from './model/index.js';
import { defaultPlan, type TrainingPlan } from './plan.js';
import { Random } from './random.js';
import { schemeNames } from './scheme/index.js';
import { evaluate, finish, Training } from './training.js';

/** Ten classes that a network can tell apart at once: a bright row each, on 14 x 14, with some noise. */
function stripes(count: number, seed: number): Samples {
  const random = new Random(seed);
  const side = 14;
  const pixels = Float32Array.from({ length: count * side * side }, () => 0.3 * random.uniform());
  const labels = Uint8Array.from({ length: count }, (_, at) => at % 10);
  labels.forEach((label, at) => pixels.fill(1, (at * side + label + 2) * side, (at * side + label + 3) * side));
  return { count, side, pixels, labels };
}

const task: Task = { training: stripes(200, 1), test: stripes(100, 2) };
const difficulty = { trainingImages: 200, testImages: 100, noise: 0, shift: 0 };
const plan: TrainingPlan = { ...defaultPlan, epochs: 3, batch: 20, bits: 4, levelRate: 10 };

function weightsOf(training: Training): number[][] {
  return training.network.parameters.map(({ values }) => [...values]);
}

describe('training', () => {
  it.each(schemeNames)('learns an easy task at 4 bits: %s', (scheme) => {
    const training = new Training({ ...plan, scheme, epochs: 8 }, task.training);
    const before = evaluate(training.network, task.test).accuracy;
    const after = finish(training, task).accuracy;
    expect(before).toBeLessThan(0.35);
    expect(after).toBeGreaterThan(0.7);
  });

  it('of the residual network learns it too, and with momentum', () => {
    const training = new Training(
      { ...plan, network: 'resnet20-small', optimizer: 'momentum', rate: 0.05, levelRate: 1, startLevel: 3, epochs: 4 },
      task.training,
    );
    expect(finish(training, task).accuracy).toBeGreaterThan(0.7);
  });

  it('with the same seed gives the same numbers, with another others', () => {
    const run = (seed: number): number[][] => {
      const training = new Training({ ...plan, seed, epochs: 1 }, task.training);
      training.runEpoch();
      return weightsOf(training);
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('records learned clipping levels, one for each activation', () => {
    const training = new Training(plan, task.training);
    training.runEpoch();
    const levels = Object.entries(training.epochs[0]!.clipLevels);
    expect(levels.map(([name]) => name)).toEqual([1, 2, 3, 4, 5, 6, 7].map((at) => `conv${at}.act`));
    for (const [, level] of levels) expect(level).toBeLessThan(plan.startLevel);
  });

  it('that bursts says so', () => {
    const training = new Training({ ...plan, rate: 1, levelRate: 100 }, task.training);
    expect(() => finish(training, task)).toThrow(
      /training: pact, 4 bits.*not above 0 any more.*use a lower learning rate/,
    );
    const endless = new Training(
      { ...plan, scheme: 'full-precision', optimizer: 'momentum', rate: 1e30 },
      task.training,
    );
    expect(() => finish(endless, task)).toThrow(/no finite number any more/);
    // One step only: the weights overflow behind the last loss that was looked at.
    const last = new Training({ ...plan, scheme: 'full-precision', rate: 1e308, epochs: 1, batch: 200 }, task.training);
    expect(() => finish(last, task)).toThrow(/no finite number any more/);
  });

  it.each(Object.keys(models) as ModelName[])('%s has as many layers with weights as its name says', (network) => {
    const { network: layers } = new Training({ ...plan, network }, task.training);
    const weights = layers.parameters.filter(({ role }) => role === 'weights').map(({ name }) => name);
    // 7 convolutions and 1 linear layer; 20 layers and the two convolutions on shortcuts.
    expect(weights).toHaveLength({ 'svhn-small': 8, 'resnet20-small': 22 }[network]);
    expect(new Set(layers.parameters.map(({ name }) => name)).size).toBe(layers.parameters.length);
  });
});

describe('a checkpoint', () => {
  let file = '';
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'accelsim-train-')), 'a', 'checkpoint.json');
  });
  afterEach(() => rmSync(join(file, '..', '..'), { recursive: true }));

  it('goes on to the same numbers, to the bit', () => {
    for (const optimizer of ['adam', 'momentum'] as const) {
      const own = { ...plan, optimizer };
      const straight = new Training(own, task.training);
      finish(straight, task);
      const stopped = new Training(own, task.training);
      stopped.runEpoch();
      saveCheckpoint(file, stopped, difficulty);
      const resumed = resumeTraining(file, own, difficulty, task.training);
      expect(resumed.epochs).toHaveLength(1);
      finish(resumed, task);
      expect(weightsOf(resumed)).toEqual(weightsOf(straight));
      expect(resumed.epochs).toEqual(straight.epochs);
      expect(evaluate(resumed.network, task.test)).toEqual(evaluate(straight.network, task.test));
    }
  });

  it('that is not there is a start', () => {
    expect(resumeTraining(file, plan, difficulty, task.training).epochs).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  it('of another training, or none, is refused', () => {
    saveCheckpoint(file, new Training(plan, task.training), difficulty);
    expect(() => resumeTraining(file, { ...plan, seed: 2 }, difficulty, task.training)).toThrow('of another training');
    expect(() => resumeTraining(file, plan, { ...difficulty, noise: 1 }, task.training)).toThrow('of another training');
    writeFileSync(file, '{"checkpointVersion":1');
    expect(() => resumeTraining(file, plan, difficulty, task.training)).toThrow('is no checkpoint of version 1');
  });
});
