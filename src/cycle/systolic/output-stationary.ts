import { greatestOf, leastOf } from './operand-format.js';
import { RegisterPlane } from './register-plane.js';
import { BUBBLE, SkewedFeed } from './skewed-feed.js';
import { overflow } from './systolic-array.js';
import type { SystolicDataflow } from './systolic-dataflow.js';

/**
 * Rows stand for pixels, columns for output channels: each element sums one output over the reduction. As the last
 * operands sweep over the array, one element of each column finishes per cycle; its sum leaves in that cycle over the
 * column's output line, so nothing is shifted out.
 */
export const outputStationary = {
  name: 'output-stationary',
  description: 'sums stay, inputs move right, weights move down',
  play(array, product, passes, sums) {
    const { rows, columns, lanes } = array;
    const { groups, pixels, reduction, outputChannels } = product;
    const steps = Math.ceil(reduction / lanes);
    const inputFeed = new SkewedFeed(rows, lanes, steps, passes.inputs);
    const weightFeed = new SkewedFeed(columns, lanes, steps, passes.weights);
    const inputs = new RegisterPlane(rows, columns, lanes);
    const weights = new RegisterPlane(rows, columns, lanes);
    const slots = new RegisterPlane(rows, columns, 1);
    slots.values.fill(BUBBLE);
    const elements = rows * columns;
    const held = new Float64Array(elements);
    const lastSlot = steps * passes.count - 1;
    const accumulator = { bits: array.accumulatorBits, signed: true };
    const [least, greatest] = [leastOf(accumulator), greatestOf(accumulator)];

    /** One cycle of every element; gives how many finished. */
    const multiply = (group: number, firstPixel: number, firstChannel: number): number => {
      let finished = 0;
      for (let at = 0, from = 0; at < elements; at++, from += lanes) {
        const slot = slots.values[at]!;
        if (slot === BUBBLE) continue;
        const pass = passes.count === 1 ? 0 : slot % passes.count;
        let products = 0;
        for (let lane = from; lane < from + lanes; lane++) products += inputs.values[lane]! * weights.values[lane]!;
        const sum = held[at]! + products * passes.scale[pass]!;
        // Between the passes of a step a sum may leave the range and come back: in two's complement that is harmless.
        if (pass === passes.count - 1 && (sum < least || sum > greatest)) throw overflow(sum, array);
        held[at] = sum;
        if (slot !== lastSlot) continue;
        held[at] = 0;
        finished += 1;
        const [pixel, channel] = [firstPixel + Math.floor(at / columns), firstChannel + (at % columns)];
        if (pixel >= pixels || channel >= outputChannels) continue;
        sums[(group * pixels + pixel) * outputChannels + channel] = sum;
      }
      return finished;
    };

    let cycles = 0;
    let folds = 0;
    for (let group = 0; group < groups; group++) {
      for (let firstPixel = 0; firstPixel < pixels; firstPixel += rows) {
        for (let firstChannel = 0; firstChannel < outputChannels; firstChannel += columns) {
          inputFeed.fill((step, row, lane) => {
            const [pixel, k] = [firstPixel + row, step * lanes + lane];
            return pixel < pixels && k < reduction ? product.inputs[(group * pixels + pixel) * reduction + k]! : 0;
          });
          weightFeed.fill((step, column, lane) => {
            const [channel, k] = [firstChannel + column, step * lanes + lane];
            const at = (group * reduction + k) * outputChannels + channel;
            return channel < outputChannels && k < reduction ? product.weights[at]! : 0;
          });
          folds += 1;
          for (let cycle = 0, left = 0; left < elements; cycle++) {
            inputFeed.present(cycle);
            weightFeed.present(cycle);
            inputs.moveRight(inputFeed.edge);
            slots.moveRight(inputFeed.edgeSlots);
            weights.moveDown(weightFeed.edge);
            left += multiply(group, firstPixel, firstChannel);
            cycles += 1;
          }
        }
      }
    }
    return { cycles, folds };
  },
} as const satisfies SystolicDataflow;
