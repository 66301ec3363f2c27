import type { CnnDesign } from './design.js';
import type { CnnGraph } from './graph.js';

/**
 * Rows of Szegedy et al., Table 1: channels of the 1x1, of the 3x3 and what reduces for it, of the 5x5 and what
 * reduces for it, and of the projection after the pooling; `pool` stands for the pooling between two stages.
 */
const MODULES = [
  { name: 'inception3a', channels: [64, 96, 128, 16, 32, 32] },
  { name: 'inception3b', channels: [128, 128, 192, 32, 96, 64] },
  { name: 'maxpool3', kernel: 3 },
  { name: 'inception4a', channels: [192, 96, 208, 16, 48, 64] },
  { name: 'inception4b', channels: [160, 112, 224, 24, 64, 64] },
  { name: 'inception4c', channels: [128, 128, 256, 24, 64, 64] },
  { name: 'inception4d', channels: [112, 144, 288, 32, 64, 64] },
  { name: 'inception4e', channels: [256, 160, 320, 32, 128, 128] },
  { name: 'maxpool4', kernel: 3 },
  { name: 'inception5a', channels: [256, 160, 320, 32, 128, 128] },
  { name: 'inception5b', channels: [384, 192, 384, 48, 128, 128] },
] as const;

type Channels = readonly [number, number, number, number, number, number];

/** What the paper's network and torchvision's differ in. */
interface Form {
  readonly largeKernel: 3 | 5;
  readonly lastPool: 2 | 3;
  readonly perChannel: 'bias' | 'normalization';
  readonly respondsLocally: boolean;
}

/** The classifiers at the side, which only help in training, are left out. */
export const googlenet: CnnDesign = {
  name: 'googlenet',
  description:
    'GoogLeNet (Inception v1) for 224x224 images, with local response normalisation, without the two auxiliary classifiers',
  source:
    'Szegedy et al., Going Deeper with Convolutions, arXiv:1409.4842, Table 1; layer names as in torchvision.models.googlenet',
  image: 224,
  layers: (graph) => {
    lay(graph, { largeKernel: 5, lastPool: 3, perChannel: 'bias', respondsLocally: true });
  },
};

/** @see https://github.com/pytorch/vision/issues/906 for the 3x3 in place of the 5x5 */
export const googlenetTorchvision: CnnDesign = {
  name: 'googlenet-torchvision',
  description:
    'GoogLeNet for 224x224 images as in torchvision: batch normalisation, and a 3x3 where the paper has a 5x5; without the two auxiliary classifiers',
  source: 'torchvision.models.googlenet; Szegedy et al., arXiv:1409.4842, Table 1',
  image: 224,
  layers: (graph) => {
    lay(graph, { largeKernel: 3, lastPool: 2, perChannel: 'normalization', respondsLocally: false });
  },
};

function lay(graph: CnnGraph, form: Form): void {
  const { perChannel, respondsLocally } = form;
  const common = { activation: 'relu', perChannel } as const;
  const pool = (name: string, input: string, kernel: 2 | 3): string =>
    graph.pooling(name, input, 'max', { kernel, stride: 2, rounding: 'up' });
  const respond = (name: string, input: string): string =>
    respondsLocally ? graph.activation(name, input, 'local-response-normalization') : input;
  let x = graph.convolution('conv1.conv', 'image', 64, { ...common, kernel: 7, stride: 2 });
  x = respond('norm1', pool('maxpool1', x, 3));
  x = graph.convolution('conv2.conv', x, 64, common);
  x = graph.convolution('conv3.conv', x, 192, { ...common, kernel: 3 });
  x = pool('maxpool2', respond('norm2', x), 3);
  for (const module of MODULES) {
    if ('channels' in module) x = inception(graph, module.name, x, module.channels, form);
    else x = pool(module.name, x, module.name === 'maxpool4' ? form.lastPool : module.kernel);
  }
  graph.linear('fc', graph.globalAverage('avgpool', x), 1000);
}

/** Four branches side by side, and their channels one after the other. */
function inception(graph: CnnGraph, name: string, input: string, channels: Channels, form: Form): string {
  const common = { activation: 'relu', perChannel: form.perChannel } as const;
  const [one, reduceThree, three, reduceFive, five, project] = channels;
  const branch1 = graph.convolution(`${name}.branch1.conv`, input, one, common);
  let branch2 = graph.convolution(`${name}.branch2.0.conv`, input, reduceThree, common);
  branch2 = graph.convolution(`${name}.branch2.1.conv`, branch2, three, { ...common, kernel: 3 });
  let branch3 = graph.convolution(`${name}.branch3.0.conv`, input, reduceFive, common);
  branch3 = graph.convolution(`${name}.branch3.1.conv`, branch3, five, { ...common, kernel: form.largeKernel });
  let branch4 = graph.pooling(`${name}.branch4.0`, input, 'max', { kernel: 3, stride: 1, padding: 1 });
  branch4 = graph.convolution(`${name}.branch4.1.conv`, branch4, project, common);
  return graph.concatenation(`${name}.concat`, [branch1, branch2, branch3, branch4]);
}
