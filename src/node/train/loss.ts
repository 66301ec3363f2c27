import { type FeatureMaps, reuse } from './layers/layer.js';

/** What a batch was worth. */
export interface BatchLoss {
  /** Sum of the samples' cross-entropies, in nats. */
  readonly loss: number;
  /** Samples whose largest number is that of their class. */
  readonly right: number;
  /** Of the mean loss, by the numbers of the classes. */
  readonly gradient: FeatureMaps;
}

/**
 * Softmax and cross-entropy.
 * @param scores a channel for each class, one position
 * @param labels class of each sample
 */
export function crossEntropy(scores: FeatureMaps, labels: ArrayLike<number>): BatchLoss {
  const { values, channels, samples } = scores;
  const gradient = reuse(undefined, scores);
  let loss = 0;
  let right = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    let best = 0;
    for (let at = 1; at < channels; at += 1) {
      if (values[at * samples + sample]! > values[best * samples + sample]!) best = at;
    }
    // Less the largest, so that no exponential overflows.
    const largest = values[best * samples + sample]!;
    let sum = 0;
    for (let at = 0; at < channels; at += 1) sum += Math.exp(values[at * samples + sample]! - largest);
    const label = labels[sample]!;
    if (best === label) right += 1;
    loss += Math.log(sum) + largest - values[label * samples + sample]!;
    for (let at = 0; at < channels; at += 1) {
      const chance = Math.exp(values[at * samples + sample]! - largest) / sum;
      gradient.values[at * samples + sample] = (chance - (at === label ? 1 : 0)) / samples;
    }
  }
  return { loss, right, gradient };
}
