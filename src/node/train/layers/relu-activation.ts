import { pactForward } from '../../../index.js';
import { type FeatureMaps, type Memory, reuse, type TrainingLayer } from './layer.js';

/** Share of the old running maximum that a batch leaves. */
const MOMENTUM = 0.9;

/**
 * ReLU, then rounding over the whole range: from 0 to the largest value of the batch in training, to the running mean of
 * those afterwards. Gradients pass the rounding as if it were not there.
 */
export class ReluActivation implements TrainingLayer {
  readonly parameters = [];
  readonly memories: readonly Memory[];
  readonly #largest: Memory;
  #input: FeatureMaps | undefined;
  #output: FeatureMaps | undefined;
  #gradient: FeatureMaps | undefined;

  /** @param bits null: not rounded */
  readonly name: string;
  readonly bits: number | null;

  constructor(name: string, bits: number | null) {
    this.name = name;
    this.bits = bits;
    this.#largest = { name: `${name}.largest`, values: new Float32Array(1) };
    this.memories = bits === null ? [] : [this.#largest];
  }

  forward(input: FeatureMaps, training: boolean): FeatureMaps {
    this.#input = input;
    const output = (this.#output = reuse(this.#output, input));
    if (this.bits === null) {
      for (let at = 0; at < input.values.length; at += 1) output.values[at] = Math.max(0, input.values[at]!);
      return output;
    }
    const level = training ? this.#remember(largestOf(input.values)) : this.#largest.values[0]!;
    // A batch without a positive value is all zeros, at any level.
    const clipLevels = Float32Array.of(level > 0 ? level : 1);
    const shape = { samples: 1, channels: 1, positions: input.values.length };
    pactForward({ scope: 'layer', bits: this.bits, clipLevels }, shape, input.values, output.values);
    return output;
  }

  backward(gradient: FeatureMaps): FeatureMaps {
    const input = this.#input!.values;
    const byInput = (this.#gradient = reuse(this.#gradient, gradient));
    for (let at = 0; at < input.length; at += 1) byInput.values[at] = input[at]! > 0 ? gradient.values[at]! : 0;
    return byInput;
  }

  #remember(largest: number): number {
    const before = this.#largest.values[0]!;
    this.#largest.values[0] = before === 0 ? largest : MOMENTUM * before + (1 - MOMENTUM) * largest;
    return largest;
  }
}

function largestOf(values: Float32Array): number {
  let largest = 0;
  for (let at = 0; at < values.length; at += 1) if (values[at]! > largest) largest = values[at]!;
  return largest;
}
