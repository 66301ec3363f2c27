import type { CnnDesign } from './design.js';

/**
 * PACT (arXiv:1805.06085) says of its SVHN network that it has seven convolutions and a fully connected layer, as
 * DoReFa-Net's model A has, and prints no shapes. Assumed here: the shapes are those that DoReFa-Net's authors
 * published in tensorpack, which take 40x40 images. There a non-linearity follows the pooling; fused into the
 * convolution before it, it computes the same, as the maximum of a rising function is the function of the maximum.
 */
export const svhn: CnnDesign = {
  name: 'svhn',
  description: 'seven convolutions and a fully connected layer for 40x40 images of SVHN, as in DoReFa-Net and PACT',
  source:
    'Zhou et al., DoReFa-Net, arXiv:1606.06160, Section 3.1 (model A), as published in tensorpack, examples/DoReFa-Net/svhn-digit-dorefa.py; layer names from there',
  image: 40,
  layers: (graph) => {
    const same = { kernel: 3, activation: 'relu' } as const;
    const valid = { ...same, padding: 0 } as const;
    const pool = { kernel: 2, stride: 2 } as const;
    let x = graph.convolution('conv0', 'image', 48, { ...valid, kernel: 5, perChannel: 'bias' });
    x = graph.pooling('pool0', x, 'max', pool);
    x = graph.convolution('conv1', x, 64, same);
    x = graph.convolution('conv2', x, 64, same);
    x = graph.pooling('pool1', x, 'max', pool);
    x = graph.convolution('conv3', x, 128, valid);
    x = graph.convolution('conv4', x, 128, same);
    x = graph.convolution('conv5', x, 128, valid);
    x = graph.convolution('conv6', x, 512, { ...valid, kernel: 5 });
    graph.linear('fc1', x, 10);
  },
};
