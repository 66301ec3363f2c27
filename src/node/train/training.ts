import { failure } from '../../index.js';
import type { Samples, Task } from './data/task.js';
import { CLASSES } from './data/mnist.js';
import type { FeatureMaps, Parameter } from './layers/layer.js';
import type { Sequence } from './layers/sequence.js';
import { crossEntropy } from './loss.js';
import { models } from './model/index.js';
import { type Optimizer, optimizers } from './optimizer/index.js';
import { planLabel, type TrainingPlan } from './plan.js';
import { Random } from './random.js';
import { schemes } from './scheme/index.js';

/** One pass over the training images. */
export interface EpochRecord {
  /** Mean cross-entropy of the batches as they were met, without penalties. */
  readonly loss: number;
  readonly accuracy: number;
  /** Learned clipping levels after it, by name. */
  readonly clipLevels: Readonly<Record<string, number>>;
}

/** A training under way. All of it is here: continuing a copy gives the same numbers. */
export class Training {
  readonly plan: TrainingPlan;
  readonly network: Sequence;
  readonly epochs: EpochRecord[] = [];
  /** What the optimizer remembers, by parameter. */
  readonly slots: readonly (readonly Float32Array[])[];
  readonly #optimizer: Optimizer;
  readonly #samples: Samples;

  constructor(plan: TrainingPlan, samples: Samples) {
    this.plan = plan;
    this.#samples = samples;
    this.#optimizer = optimizers[plan.optimizer];
    const scheme = schemes[plan.scheme];
    this.network = models[plan.network].build({
      scheme,
      settings: plan,
      // A scheme that rounds nothing has no widths.
      bits: scheme.rounds ? plan.bits : null,
      edgeBits: scheme.rounds ? plan.edgeBits : null,
      channels: plan.channels,
      classes: CLASSES,
      side: samples.side,
      random: new Random(plan.seed),
    });
    const { slots } = this.#optimizer;
    this.slots = this.network.parameters.map(({ values }) =>
      Array.from({ length: slots }, () => new Float32Array(values.length)),
    );
  }

  /**
   * One more pass over the images, in an order that seed and number of the pass decide.
   * @throws AccelsimError if it bursts: a loss that is no number, or a clipping level of 0 or less
   */
  runEpoch(): void {
    const { batch, epochs, seed } = this.plan;
    const { count } = this.#samples;
    const epoch = this.epochs.length;
    const order = new Random(seed * 65_537 + epoch + 1).order(count);
    const steps = Math.ceil(count / batch);
    let [loss, right] = [0, 0];
    for (let step = 0; step < steps; step += 1) {
      const picked = order.subarray(step * batch, (step + 1) * batch);
      const found = this.#step(picked, epoch * steps + step + 1, epochs * steps);
      loss += found.loss;
      right += found.right;
    }
    this.epochs.push({ loss: loss / count, accuracy: right / count, clipLevels: clipLevelsOf(this.network) });
  }

  #step(picked: Int32Array, step: number, steps: number): { loss: number; right: number } {
    for (const { gradient } of this.network.parameters) gradient.fill(0);
    const scores = this.network.forward(batchOf(this.#samples, picked), true);
    const found = crossEntropy(
      scores,
      Array.from(picked, (at) => this.#samples.labels[at]!),
    );
    if (!Number.isFinite(found.loss)) throw burst(this.plan, NO_LOSS, found.loss);
    this.network.backward(found.gradient);
    const fall = 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / steps));
    this.network.parameters.forEach((parameter, at) => {
      this.#optimizer.update(parameter, this.#strengthOf(parameter, fall), this.slots[at]!, step);
      if (parameter.role !== 'clipping') return;
      const low = parameter.values.find((level) => !(level > 0));
      if (low !== undefined) throw burst(this.plan, `${parameter.name} is not above 0 any more`, low);
    });
    return found;
  }

  #strengthOf({ role }: Parameter, fall: number): { rate: number; decay: number } {
    const { rate, weightDecay, levelDecay, levelRate } = this.plan;
    return {
      weights: { rate: rate * fall, decay: weightDecay },
      scale: { rate: rate * fall, decay: 0 },
      clipping: { rate: rate * levelRate * fall, decay: levelDecay },
    }[role];
  }
}

const NO_LOSS = 'the loss is no finite number any more';

function burst(plan: TrainingPlan, what: string, found: number): Error {
  return failure('training', planLabel(plan), what, found, 'use a lower learning rate');
}

/** What a trained network is worth on images. */
export interface Evaluation {
  readonly accuracy: number;
  readonly loss: number;
}

/** Runs a network over images as it will be used: nothing is remembered. */
export function evaluate(network: Sequence, samples: Samples, batch = 100): Evaluation {
  let [loss, right] = [0, 0];
  for (let first = 0; first < samples.count; first += batch) {
    const picked = Int32Array.from({ length: Math.min(batch, samples.count - first) }, (_, at) => first + at);
    const scores = network.forward(batchOf(samples, picked), false);
    const found = crossEntropy(
      scores,
      Array.from(picked, (at) => samples.labels[at]!),
    );
    loss += found.loss;
    right += found.right;
  }
  return { accuracy: right / samples.count, loss: loss / samples.count };
}

/**
 * Runs all epochs that are left, then tests.
 * @throws AccelsimError if it bursts, in the last step too, which only the test shows
 */
export function finish(
  training: Training,
  task: Task,
  onEpoch: (training: Training) => void = () => undefined,
): Evaluation {
  while (training.epochs.length < training.plan.epochs) {
    training.runEpoch();
    onEpoch(training);
  }
  const evaluation = evaluate(training.network, task.test);
  if (!Number.isFinite(evaluation.loss)) throw burst(training.plan, NO_LOSS, evaluation.loss);
  return evaluation;
}

/** Images side by side, as the first layer reads them. */
export function batchOf({ side, pixels }: Samples, picked: Int32Array): FeatureMaps {
  const size = side * side;
  const values = new Float32Array(picked.length * size);
  picked.forEach((image, at) => values.set(pixels.subarray(image * size, (image + 1) * size), at * size));
  return { values, channels: 1, samples: picked.length, rows: side, columns: side };
}

function clipLevelsOf(network: Sequence): Record<string, number> {
  return Object.fromEntries(
    network.parameters
      .filter(({ role }) => role === 'clipping')
      .map(({ name, values }) => [name.replace(/\.clipLevel$/, ''), values[0]!]),
  );
}
