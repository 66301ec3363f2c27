import type { LayerJson } from '../../schema.js';
import type { TensorShape } from '../../tensor-shape.js';

/** Rows and columns alike, or each its own. */
export type Size = number | { readonly rows: number; readonly columns: number };

/** A non-linearity that a layer takes along. */
export type Fused = NonNullable<Extract<LayerJson, { kind: 'convolution' }>['activation']>;

/**
 * What is learnt for each output channel besides the weights: scale and shift of a batch normalisation, which is folded
 * into the weights, a bias, or nothing.
 */
export type PerChannel = 'normalization' | 'bias' | 'none';

export interface ConvolutionOptions {
  readonly kernel?: Size;
  readonly stride?: number;
  /** Without it, half the kernel: as many outputs as inputs at a stride of 1. */
  readonly padding?: Size | 'same';
  readonly groups?: number;
  readonly activation?: Fused;
  readonly perChannel?: PerChannel;
}

export interface PoolingOptions {
  readonly kernel: number;
  readonly stride: number;
  readonly padding?: number | 'same';
  readonly rounding?: 'down' | 'up';
}

/** What a network learns that is no weight of a layer. */
export interface Learned {
  readonly biases: number;
  /** Scales and shifts of batch normalisations. */
  readonly normalizations: number;
}

type Activation = Extract<LayerJson, { kind: 'activation' }>['function'];

/**
 * A convolutional network under construction. Every method adds a layer and returns the name of what it makes; it knows
 * the channels of everything made so far, so that builders need not repeat them.
 */
export class CnnGraph {
  readonly layers: LayerJson[] = [];
  readonly #channels = new Map<string, number>();
  #biases = 0;
  #normalizations = 0;

  /** The network's input. */
  constructor(image: string, channels: number) {
    this.#channels.set(image, channels);
  }

  get learned(): Learned {
    return { biases: this.#biases, normalizations: this.#normalizations };
  }

  channelsOf(tensor: string): number {
    const channels = this.#channels.get(tensor);
    if (channels === undefined) throw new Error(`no layer ${tensor} yet`);
    return channels;
  }

  convolution(name: string, input: string, outputChannels: number, options: ConvolutionOptions = {}): string {
    const { kernel = 1, stride = 1, padding = half(kernel), groups = 1, activation = 'none' } = options;
    this.#learn(outputChannels, options.perChannel ?? 'normalization');
    return this.#add(outputChannels, {
      name,
      kind: 'convolution',
      input,
      outputChannels,
      kernel,
      ...(stride === 1 ? {} : { stride }),
      ...(padding === 0 ? {} : { padding }),
      ...(groups === 1 ? {} : { groups }),
      ...(activation === 'none' ? {} : { activation }),
    });
  }

  /** A convolution of each channel by itself. */
  depthwise(name: string, input: string, options: ConvolutionOptions): string {
    const channels = this.channelsOf(input);
    return this.convolution(name, input, channels, { ...options, groups: channels });
  }

  /** A classifier or other fully connected layer, of everything its input holds. */
  linear(
    name: string,
    input: string,
    outputFeatures: number,
    options: { readonly activation?: Fused; readonly perChannel?: PerChannel } = {},
  ): string {
    const { activation, perChannel = 'bias' } = options;
    this.#learn(outputFeatures, perChannel);
    return this.#add(outputFeatures, {
      name,
      kind: 'linear',
      input,
      outputFeatures,
      flatten: true,
      ...(activation === undefined ? {} : { activation }),
    });
  }

  pooling(name: string, input: string, type: 'max' | 'average', { kernel, stride, ...rest }: PoolingOptions): string {
    return this.#add(this.channelsOf(input), { name, kind: 'pooling', input, type, kernel, stride, ...rest });
  }

  globalAverage(name: string, input: string): string {
    return this.#add(this.channelsOf(input), { name, kind: 'pooling', input, type: 'average', kernel: 'global' });
  }

  addition(name: string, inputs: string[], activation?: Fused): string {
    const fused = activation === undefined ? {} : { activation };
    return this.#add(this.channelsOf(inputs[0]!), { name, kind: 'addition', inputs, ...fused });
  }

  concatenation(name: string, inputs: string[]): string {
    const channels = inputs.reduce((sum, input) => sum + this.channelsOf(input), 0);
    return this.#add(channels, { name, kind: 'concatenation', inputs });
  }

  activation(name: string, input: string, type: Activation): string {
    return this.#add(this.channelsOf(input), { name, kind: 'activation', input, function: type });
  }

  /** A batch normalisation that no convolution can take along; a non-linearity after it costs nothing more. */
  normalization(name: string, input: string): string {
    this.#learn(this.channelsOf(input), 'normalization');
    return this.activation(name, input, 'batch-normalization');
  }

  /** Product of two, of which the second may be one value for each channel. */
  product(name: string, inputs: [string, string]): string {
    return this.#add(this.channelsOf(inputs[0]), { name, kind: 'elementwise', inputs, function: 'multiply' });
  }

  /** Elements that are kept of `input`, where they lie. */
  slice(name: string, input: string, output: TensorShape): string {
    return this.#add(output.channels, { name, kind: 'view', input, output, type: 'slice' });
  }

  /** Moves `input`; elements of `output` that it does not have are zeros. */
  copy(name: string, input: string, output: TensorShape): string {
    return this.#add(output.channels, { name, kind: 'copy', input, output });
  }

  #add(channels: number, layer: LayerJson): string {
    this.layers.push(layer);
    this.#channels.set(layer.name, channels);
    return layer.name;
  }

  #learn(channels: number, perChannel: PerChannel): void {
    if (perChannel === 'bias') this.#biases += channels;
    if (perChannel === 'normalization') this.#normalizations += 2 * channels;
  }
}

/** Zeros on each side that keep the size of a map, for an odd kernel. */
function half(kernel: Size): Size {
  const zeros = (size: number): number => Math.floor((size - 1) / 2);
  if (typeof kernel === 'number') return zeros(kernel);
  return { rows: zeros(kernel.rows), columns: zeros(kernel.columns) };
}
