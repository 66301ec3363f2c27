import { runMovingSums } from './moving-sums.js';
import type { SystolicDataflow } from './systolic-dataflow.js';

/** Rows hold the reduction, columns the pixels: the weights of one output channel after another stream past them. */
export const inputStationary = {
  name: 'input-stationary',
  description: 'inputs stay, weights move right, sums move down',
  play(array, product, passes, sums) {
    const { pixels, reduction, outputChannels, inputs, weights } = product;
    return runMovingSums(array, {
      groups: product.groups,
      vectors: outputChannels,
      columns: pixels,
      reduction,
      streamed: (group, channel, k) => weights[(group * reduction + k) * outputChannels + channel]!,
      held: (group, k, pixel) => inputs[(group * pixels + pixel) * reduction + k]!,
      streamedDigits: passes.weights,
      heldDigits: passes.inputs,
      scale: passes.scale,
      accumulate: (group, channel, pixel, sum) => (sums[(group * pixels + pixel) * outputChannels + channel]! += sum),
    });
  },
} as const satisfies SystolicDataflow;
