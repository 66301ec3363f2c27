import type { CnnDesign } from './design.js';
import type { CnnGraph } from './graph.js';

const PAPER =
  'Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks, NIPS 2012';

/** Overlapping windows, which is what the paper pools by. */
const POOL = { kernel: 3, stride: 2 } as const;

/** Convolutions of the paper's Figure 2, with the names of Caffe's model. */
function fiveConvolutions(graph: CnnGraph, groups: 1 | 2, normalized: 'locally' | 'by batch'): string {
  const common = {
    activation: 'relu',
    perChannel: normalized === 'locally' ? 'bias' : 'normalization',
  } as const;
  const respond = (name: string, input: string): string =>
    normalized === 'locally' ? graph.activation(name, input, 'local-response-normalization') : input;
  let x = graph.convolution('conv1', 'image', 96, { ...common, kernel: 11, stride: 4, padding: 0 });
  x = graph.pooling('pool1', respond('norm1', x), 'max', POOL);
  x = graph.convolution('conv2', x, 256, { ...common, kernel: 5, groups });
  x = graph.pooling('pool2', respond('norm2', x), 'max', POOL);
  x = graph.convolution('conv3', x, 384, { ...common, kernel: 3 });
  x = graph.convolution('conv4', x, 384, { ...common, kernel: 3, groups });
  x = graph.convolution('conv5', x, 256, { ...common, kernel: 3, groups });
  return graph.pooling('pool5', x, 'max', POOL);
}

function threeLayers(graph: CnnGraph, names: readonly [string, string, string], input: string, batch = false): void {
  const hidden = { activation: 'relu', perChannel: batch ? 'normalization' : 'bias' } as const;
  const first = graph.linear(names[0], input, 4096, hidden);
  graph.linear(names[2], graph.linear(names[1], first, 4096, hidden), 1000);
}

/** The paper says 224x224, but its first convolution makes 55x55 only of 227x227; Caffe's model has that. */
export const alexnet: CnnDesign = {
  name: 'alexnet',
  description:
    'AlexNet for 227x227 images: three convolutions in two groups, local response normalisation, no batch normalisation',
  source: `${PAPER}, Section 3.5 and Figure 2; image size and layer names as in Caffe's bvlc_alexnet`,
  image: 227,
  layers: (graph) => {
    threeLayers(graph, ['fc6', 'fc7', 'fc8'], fiveConvolutions(graph, 2, 'locally'));
  },
};

/**
 * PACT (arXiv:1805.06085) names an AlexNet with batch normalisation and prints no shapes. Assumed here: the shapes of
 * the original, every convolution in one group, batch normalisation after all layers but the last.
 */
export const alexnetBatchNorm: CnnDesign = {
  name: 'alexnet-batchnorm',
  description:
    'AlexNet for 227x227 images, every convolution in one group, batch normalisation in place of local response normalisation',
  source: `${PAPER}, Figure 2, without its two groups; batch normalisation as PACT (arXiv:1805.06085, Section 5) has it, which prints no shapes`,
  image: 227,
  layers: (graph) => {
    threeLayers(graph, ['fc6', 'fc7', 'fc8'], fiveConvolutions(graph, 1, 'by batch'), true);
  },
};

/** A quantized layer has no bias, and the first, which is not quantized, has no normalisation either. */
export const alexnetDorefa: CnnDesign = {
  name: 'alexnet-dorefa',
  description:
    'AlexNet for 224x224 images as DoReFa-Net quantizes it: batch normalisation, two groups, 12x12 first kernel',
  source:
    'Zhou et al., DoReFa-Net, arXiv:1606.06160, as published in tensorpack, examples/DoReFa-Net/alexnet-dorefa.py; layer names from there',
  image: 224,
  layers: (graph) => {
    const quantized = { kernel: 3, activation: 'relu' } as const;
    const first = { kernel: 12, stride: 4, padding: 0, activation: 'relu', perChannel: 'none' } as const;
    let x = graph.convolution('conv0', 'image', 96, first);
    x = graph.convolution('conv1', x, 256, { ...quantized, kernel: 5, groups: 2 });
    x = graph.pooling('pool1', x, 'max', { ...POOL, padding: 'same' });
    x = graph.convolution('conv2', x, 384, quantized);
    x = graph.pooling('pool2', x, 'max', { ...POOL, padding: 'same' });
    x = graph.convolution('conv3', x, 384, { ...quantized, groups: 2 });
    x = graph.convolution('conv4', x, 256, { ...quantized, groups: 2 });
    threeLayers(graph, ['fc0', 'fc1', 'fct'], graph.pooling('pool4', x, 'max', POOL), true);
  },
};

/** Krizhevsky's later network for one processor, with fewer channels and no normalisation. */
export const alexnetTorchvision: CnnDesign = {
  name: 'alexnet-torchvision',
  description: 'AlexNet for 224x224 images as in torchvision: one group, fewer channels, no normalisation',
  source:
    'Krizhevsky, One weird trick for parallelizing convolutional neural networks, arXiv:1404.5997, as in torchvision.models.alexnet; layer names from there',
  image: 224,
  layers: (graph) => {
    const common = { kernel: 3, activation: 'relu', perChannel: 'bias' } as const;
    let x = graph.convolution('features.0', 'image', 64, { ...common, kernel: 11, stride: 4, padding: 2 });
    x = graph.pooling('features.2', x, 'max', POOL);
    x = graph.convolution('features.3', x, 192, { ...common, kernel: 5 });
    x = graph.pooling('features.5', x, 'max', POOL);
    x = graph.convolution('features.6', x, 384, common);
    x = graph.convolution('features.8', x, 256, common);
    x = graph.convolution('features.10', x, 256, common);
    x = graph.pooling('features.12', x, 'max', POOL);
    threeLayers(graph, ['classifier.1', 'classifier.4', 'classifier.6'], x);
  },
};
