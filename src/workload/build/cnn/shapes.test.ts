import { describe, expect, it } from 'vitest';
import { cnnNetwork, shapesOf } from './networks.test-data.js';
import type { CnnName } from './networks.test-data.js';

/** What the stages of a network make, from the first to the classifier. */
const STAGES: readonly {
  readonly name: CnnName;
  readonly source: string;
  readonly layers: Readonly<Record<string, string>>;
}[] = [
  {
    name: 'resnet20',
    source: 'He et al., arXiv:1512.03385, Section 4.2',
    layers: { conv1: '16x32x32', 'layer1.2.add': '16x32x32', 'layer2.2.add': '32x16x16', 'layer3.2.add': '64x8x8' },
  },
  {
    name: 'alexnet',
    source: 'Krizhevsky et al. 2012, Figure 2 (two groups together)',
    layers: {
      conv1: '96x55x55',
      pool1: '96x27x27',
      conv2: '256x27x27',
      pool2: '256x13x13',
      conv3: '384x13x13',
      conv5: '256x13x13',
      pool5: '256x6x6',
      fc6: '4096x1x1',
      fc8: '1000x1x1',
    },
  },
  {
    name: 'alexnet-dorefa',
    source:
      'tensorpack, alexnet-dorefa.py: (224 - 12) / 4 + 1 = 54, then halved, rounded up, and the last rounded down',
    layers: { conv0: '96x54x54', pool1: '256x27x27', pool2: '384x14x14', conv4: '256x14x14', pool4: '256x6x6' },
  },
  {
    name: 'alexnet-torchvision',
    source: 'torchvision.models.alexnet, whose classifier reads 256x6x6',
    layers: {
      'features.0': '64x55x55',
      'features.5': '192x13x13',
      'features.12': '256x6x6',
      'classifier.6': '1000x1x1',
    },
  },
  {
    name: 'svhn',
    source: 'tensorpack, svhn-digit-dorefa.py, whose comments give 18, 9, 7 and 5',
    layers: {
      conv0: '48x36x36',
      pool0: '48x18x18',
      pool1: '64x9x9',
      conv3: '128x7x7',
      conv5: '128x5x5',
      conv6: '512x1x1',
      fc1: '10x1x1',
    },
  },
  {
    name: 'vgg16',
    source: 'Simonyan and Zisserman, arXiv:1409.1556, Table 1',
    layers: {
      'features.4': '64x112x112',
      'features.9': '128x56x56',
      'features.16': '256x28x28',
      'features.23': '512x14x14',
      'features.28': '512x14x14',
      'features.30': '512x7x7',
      'classifier.6': '1000x1x1',
    },
  },
  {
    name: 'inception-v3',
    source: 'torchvision.models.inception_v3, comments of its forward pass',
    layers: {
      'Conv2d_1a_3x3.conv': '32x149x149',
      'Conv2d_2a_3x3.conv': '32x147x147',
      maxpool1: '64x73x73',
      'Conv2d_4a_3x3.conv': '192x71x71',
      maxpool2: '192x35x35',
      'Mixed_5b.concat': '256x35x35',
      'Mixed_5d.concat': '288x35x35',
      'Mixed_6a.concat': '768x17x17',
      'Mixed_6e.concat': '768x17x17',
      'Mixed_7a.concat': '1280x8x8',
      'Mixed_7c.concat': '2048x8x8',
    },
  },
  {
    name: 'mobilenet-v1',
    source: 'Howard et al., arXiv:1704.04861, Table 1 (sizes of the next row’s input)',
    layers: {
      conv1: '32x112x112',
      conv_pw_1: '64x112x112',
      conv_pw_3: '128x56x56',
      conv_pw_5: '256x28x28',
      conv_pw_11: '512x14x14',
      conv_pw_13: '1024x7x7',
      conv_preds: '1000x1x1',
    },
  },
  {
    name: 'mobilenet-v2',
    source: 'Sandler et al., arXiv:1801.04381, Table 2 (sizes of the next row’s input)',
    layers: {
      'features.0.0': '32x112x112',
      'features.1.conv.1': '16x112x112',
      'features.3.add': '24x56x56',
      'features.6.add': '32x28x28',
      'features.10.add': '64x14x14',
      'features.13.add': '96x14x14',
      'features.16.add': '160x7x7',
      'features.17.conv.2': '320x7x7',
      'features.18.0': '1280x7x7',
    },
  },
  {
    name: 'mobilenet-v3-large',
    source: 'Howard et al., arXiv:1905.02244, Table 1 (sizes of the next row’s input)',
    layers: {
      'features.1.add': '16x112x112',
      'features.3.add': '24x56x56',
      'features.6.add': '40x28x28',
      'features.6.block.2.avgpool': '120x1x1',
      'features.10.add': '80x14x14',
      'features.12.add': '112x14x14',
      'features.15.add': '160x7x7',
      'features.16.0': '960x7x7',
      'classifier.0': '1280x1x1',
    },
  },
  {
    name: 'mobilenet-v3-small',
    source: 'Howard et al., arXiv:1905.02244, Table 2 (sizes of the next row’s input)',
    layers: {
      'features.1.block.2.0': '16x56x56',
      'features.3.add': '24x28x28',
      'features.6.add': '40x14x14',
      'features.8.add': '48x14x14',
      'features.11.add': '96x7x7',
      'features.12.0': '576x7x7',
      'classifier.0': '1024x1x1',
    },
  },
  {
    name: 'efficientnet-b0',
    source: 'Tan and Le, arXiv:1905.11946, Table 1 (sizes of the next row’s input)',
    layers: {
      'features.0.0': '32x112x112',
      'features.1.0.block.2.0': '16x112x112',
      'features.2.1.add': '24x56x56',
      'features.3.1.add': '40x28x28',
      'features.4.2.add': '80x14x14',
      'features.5.2.add': '112x14x14',
      'features.6.3.add': '192x7x7',
      'features.7.0.block.3.0': '320x7x7',
      'features.8.0': '1280x7x7',
    },
  },
  {
    name: 'densenet121',
    source:
      'Huang et al., arXiv:1608.06993, Table 1; channels 64 + 6 * 32, 128 + 12 * 32, 256 + 24 * 32, 512 + 16 * 32',
    layers: {
      'features.conv0': '64x112x112',
      'features.pool0': '64x56x56',
      'features.denseblock1.denselayer6.concat': '256x56x56',
      'features.transition1.pool': '128x28x28',
      'features.denseblock2.denselayer12.concat': '512x28x28',
      'features.transition2.pool': '256x14x14',
      'features.denseblock3.denselayer24.concat': '1024x14x14',
      'features.transition3.pool': '512x7x7',
      'features.denseblock4.denselayer16.concat': '1024x7x7',
      classifier: '1000x1x1',
    },
  },
];

describe('stages', () => {
  it.each(STAGES)('of $name are as in $source', ({ name, layers }) => {
    const shapes = shapesOf(cnnNetwork(name));
    expect(Object.fromEntries(Object.keys(layers).map((layer) => [layer, shapes.get(layer)]))).toEqual(layers);
  });
});

describe('squeeze and excitation', () => {
  it('squeezes as far as the networks say', () => {
    const shapes = shapesOf(cnnNetwork('mobilenet-v3-large'));
    // A quarter of 72 is 18; the multiple of 8 nearest to it, 16, is less than 90% of it, so 24. A quarter of 120 is
    // 30, so 32.
    expect(shapes.get('features.4.block.2.fc1')).toBe('24x1x1');
    expect(shapes.get('features.5.block.2.fc1')).toBe('32x1x1');
    // EfficientNet takes a quarter of what the block is given: 16 / 4, not 96 / 4.
    expect(shapesOf(cnnNetwork('efficientnet-b0')).get('features.2.0.block.2.fc1')).toBe('4x1x1');
  });

  it('scales the whole map', () => {
    const network = cnnNetwork('efficientnet-b0');
    const scale = network.layers.find((layer) => layer.name === 'features.2.0.block.2.scale')!;
    expect(scale.inputs.map((tensor) => network.tensors[tensor]!.name)).toEqual([
      'features.2.0.block.1.0',
      'features.2.0.block.2.fc2',
    ]);
    // 96 channels of 56 x 56.
    expect(scale.vectorOperations).toBe(96 * 56 * 56);
  });
});
