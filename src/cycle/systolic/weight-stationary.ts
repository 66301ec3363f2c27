import { runMovingSums } from './moving-sums.js';
import type { SystolicDataflow } from './systolic-dataflow.js';

/** Rows hold the reduction, columns the output channels: one pixel after another streams past the weights. */
export const weightStationary = {
  name: 'weight-stationary',
  description: 'weights stay, inputs move right, sums move down',
  play(array, product, passes, sums) {
    const { pixels, reduction, outputChannels, inputs, weights } = product;
    return runMovingSums(array, {
      groups: product.groups,
      vectors: pixels,
      columns: outputChannels,
      reduction,
      streamed: (group, pixel, k) => inputs[(group * pixels + pixel) * reduction + k]!,
      held: (group, k, channel) => weights[(group * reduction + k) * outputChannels + channel]!,
      streamedDigits: passes.inputs,
      heldDigits: passes.weights,
      scale: passes.scale,
      accumulate: (group, pixel, channel, sum) => (sums[(group * pixels + pixel) * outputChannels + channel]! += sum),
    });
  },
} as const satisfies SystolicDataflow;
