import type { CnnGraph, Fused } from './graph.js';

/** The block of MobileNet v2 and what came after it. */
export interface InvertedResidual {
  /** Of the block, in torchvision; the sum is called by it. */
  readonly name: string;
  /** What torchvision calls the list of its convolutions. */
  readonly list: string;
  /** Channels between the two 1x1 convolutions; the input's where there is no first one. */
  readonly expanded: number;
  readonly outputChannels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly activation: Fused;
  readonly squeeze?: SqueezeExcitation;
  /** Whether the last convolution is a list of its own in torchvision. */
  readonly nestsProjection: boolean;
}

export interface SqueezeExcitation {
  readonly channels: number;
  readonly activation: Fused;
  readonly gate: Fused;
}

/** 1x1 to more channels, depthwise, a gate for each channel, 1x1 to few; and the input where it fits. */
export function invertedResidual(graph: CnnGraph, block: InvertedResidual, input: string): string {
  const { activation, kernel, stride, outputChannels } = block;
  let module = -1;
  const next = (): string => `${block.name}.${block.list}.${(module += 1)}`;
  let x = input;
  if (block.expanded !== graph.channelsOf(input)) {
    x = graph.convolution(`${next()}.0`, x, block.expanded, { activation });
  }
  x = graph.depthwise(`${next()}.0`, x, { kernel, stride, activation });
  if (block.squeeze !== undefined) x = squeezeExcitation(graph, next(), block.squeeze, x);
  x = graph.convolution(block.nestsProjection ? `${next()}.0` : next(), x, outputChannels);
  const fits = stride === 1 && graph.channelsOf(input) === outputChannels;
  return fits ? graph.addition(`${block.name}.add`, [x, input]) : x;
}

/** Hu et al., arXiv:1709.01507: each channel times a number between 0 and 1 that follows from all channels' averages. */
function squeezeExcitation(graph: CnnGraph, name: string, squeeze: SqueezeExcitation, input: string): string {
  const perChannel = 'bias';
  let gates = graph.globalAverage(`${name}.avgpool`, input);
  gates = graph.convolution(`${name}.fc1`, gates, squeeze.channels, { activation: squeeze.activation, perChannel });
  const channels = graph.channelsOf(input);
  gates = graph.convolution(`${name}.fc2`, gates, channels, { activation: squeeze.gate, perChannel });
  return graph.product(`${name}.scale`, [input, gates]);
}

/** The multiple of 8 nearest to a channel count, but not less than 90% of it: how all of these are rounded. */
export function roundChannels(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}
