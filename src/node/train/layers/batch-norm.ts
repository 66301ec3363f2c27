import { type FeatureMaps, type Memory, type Parameter, parameterOf, reuse, type TrainingLayer } from './layer.js';

const EPSILON = 1e-5;
/** Share of the old running mean that a batch leaves. */
const MOMENTUM = 0.9;

/** Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167), channel by channel. */
export class BatchNorm implements TrainingLayer {
  readonly parameters: readonly Parameter[];
  readonly memories: readonly Memory[];
  readonly #scale: Parameter;
  readonly #shift: Parameter;
  readonly #mean: Memory;
  readonly #variance: Memory;
  /** Normalised values, before scale and shift. */
  #normal: FeatureMaps | undefined;
  #output: FeatureMaps | undefined;
  #gradient: FeatureMaps | undefined;
  readonly #inverse: Float32Array;

  readonly name: string;

  constructor(name: string, channels: number) {
    this.name = name;
    this.#scale = parameterOf(`${name}.scale`, 'scale', new Float32Array(channels).fill(1));
    this.#shift = parameterOf(`${name}.shift`, 'scale', new Float32Array(channels));
    this.#mean = { name: `${name}.mean`, values: new Float32Array(channels) };
    this.#variance = { name: `${name}.variance`, values: new Float32Array(channels).fill(1) };
    this.#inverse = new Float32Array(channels);
    this.parameters = [this.#scale, this.#shift];
    this.memories = [this.#mean, this.#variance];
  }

  forward(input: FeatureMaps, training: boolean): FeatureMaps {
    const size = input.values.length / input.channels;
    const normal = (this.#normal = reuse(this.#normal, input));
    const output = (this.#output = reuse(this.#output, input));
    for (let channel = 0; channel < input.channels; channel += 1) {
      const from = channel * size;
      const [mean, variance] = training
        ? this.#remember(channel, statistics(input.values, from, size), size)
        : [this.#mean.values[channel]!, this.#variance.values[channel]!];
      const inverse = (this.#inverse[channel] = 1 / Math.sqrt(variance + EPSILON));
      const [scale, shift] = [this.#scale.values[channel]!, this.#shift.values[channel]!];
      for (let at = from; at < from + size; at += 1) {
        const value = (input.values[at]! - mean) * inverse;
        normal.values[at] = value;
        output.values[at] = value * scale + shift;
      }
    }
    return output;
  }

  /** Of a batch in training: its mean and variance depend on every value. */
  backward(gradient: FeatureMaps): FeatureMaps {
    const size = gradient.values.length / gradient.channels;
    const normal = this.#normal!.values;
    const byInput = (this.#gradient = reuse(this.#gradient, gradient));
    for (let channel = 0; channel < gradient.channels; channel += 1) {
      const from = channel * size;
      let sum = 0;
      let product = 0;
      for (let at = from; at < from + size; at += 1) {
        sum += gradient.values[at]!;
        product += gradient.values[at]! * normal[at]!;
      }
      this.#shift.gradient[channel]! += sum;
      this.#scale.gradient[channel]! += product;
      const factor = this.#scale.values[channel]! * this.#inverse[channel]!;
      const [meanSum, meanProduct] = [sum / size, product / size];
      for (let at = from; at < from + size; at += 1) {
        byInput.values[at] = factor * (gradient.values[at]! - meanSum - normal[at]! * meanProduct);
      }
    }
    return byInput;
  }

  #remember(channel: number, [mean, variance]: readonly [number, number], size: number): readonly [number, number] {
    // The variance of a sample of a larger whole is a little more than its own.
    const unbiased = size > 1 ? (variance * size) / (size - 1) : variance;
    this.#mean.values[channel] = MOMENTUM * this.#mean.values[channel]! + (1 - MOMENTUM) * mean;
    this.#variance.values[channel] = MOMENTUM * this.#variance.values[channel]! + (1 - MOMENTUM) * unbiased;
    return [mean, variance];
  }
}

function statistics(values: Float32Array, from: number, size: number): readonly [number, number] {
  let sum = 0;
  for (let at = from; at < from + size; at += 1) sum += values[at]!;
  const mean = sum / size;
  let squares = 0;
  for (let at = from; at < from + size; at += 1) squares += (values[at]! - mean) ** 2;
  return [mean, squares / size];
}
