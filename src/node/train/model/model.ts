import { BatchNorm } from '../layers/batch-norm.js';
import { Convolution } from '../layers/convolution.js';
import type { TrainingLayer } from '../layers/layer.js';
import type { Sequence } from '../layers/sequence.js';
import type { Random } from '../random.js';
import type { Scheme, SchemeSettings } from '../scheme/index.js';

/** How a network in training is to be built. */
export interface Blueprint {
  readonly scheme: Scheme;
  readonly settings: SchemeSettings;
  /** Of the layers between first and last; null: not rounded. */
  readonly bits: number | null;
  /** Of the first and last layer, weights and what they read; null: not rounded. */
  readonly edgeBits: number | null;
  /** Channels of the first layer; later ones have multiples of it. */
  readonly channels: number;
  readonly classes: number;
  /** Rows and columns of an image. */
  readonly side: number;
  readonly random: Random;
}

/** A network to train. */
export interface Model {
  readonly description: string;
  readonly build: (blueprint: Blueprint) => Sequence;
}

/** Hands out a network's parts, each with the widths of its place. */
export class Parts {
  readonly blueprint: Blueprint;

  constructor(blueprint: Blueprint) {
    this.blueprint = blueprint;
  }

  /** Convolution and normalisation. */
  normalized(name: string, from: number, to: number, kernel: number, stride: number, place: Place): TrainingLayer[] {
    const { scheme, random } = this.blueprint;
    const sizes = { inputChannels: from, outputChannels: to, kernel, stride, padding: (kernel - 1) / 2, bias: false };
    return [new Convolution(name, sizes, scheme.weights(this.bits(place)), random), new BatchNorm(`${name}.norm`, to)];
  }

  /** What the next layer reads: rounded to the width of its place. */
  activation(name: string, readBy: Place): TrainingLayer {
    const { scheme, settings } = this.blueprint;
    return scheme.activation(name, this.bits(readBy), settings);
  }

  /** The last layer: one number for each class from maps of `side` x `side`. */
  linear(name: string, channels: number, side: number): TrainingLayer {
    const { scheme, random, classes } = this.blueprint;
    const sizes = { inputChannels: channels, outputChannels: classes, kernel: side, stride: 1, padding: 0, bias: true };
    return new Convolution(name, sizes, scheme.weights(this.bits('edge')), random);
  }

  bits(place: Place): number | null {
    return place === 'edge' ? this.blueprint.edgeBits : this.blueprint.bits;
  }
}

export type Place = 'edge' | 'middle';
