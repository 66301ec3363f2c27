import type { CnnDesign } from './design.js';
import type { CnnGraph } from './graph.js';

/** DenseNet-121 in Huang et al., Table 1: dense layers of each block, and the channels that each adds. */
const LAYERS = [6, 12, 24, 16] as const;
const GROWTH = 32;

/** The 1x1 of a dense layer makes this many times the growth. */
const BOTTLENECK = 4;

/**
 * A dense layer reads all maps of its block. They are joined one layer at a time, so that a layer adds its own to what
 * is there. What was joined is normalised by each reader differently, so those normalisations stand alone, each with
 * its non-linearity riding along; those between two convolutions are folded.
 */
export const densenet121: CnnDesign = {
  name: 'densenet121',
  description:
    'DenseNet-121 for 224x224 images. Normalisation of joined maps stands by itself and includes the non-linearity',
  source:
    'Huang et al., Densely Connected Convolutional Networks, arXiv:1608.06993, Table 1 (DenseNet-121); layer names as in torchvision.models.densenet121',
  image: 224,
  layers: (graph) => {
    let x = graph.convolution('features.conv0', 'image', 64, { kernel: 7, stride: 2, activation: 'relu' });
    x = graph.pooling('features.pool0', x, 'max', { kernel: 3, stride: 2, padding: 1 });
    for (const [block, count] of LAYERS.entries()) {
      for (let layer = 1; layer <= count; layer += 1) {
        x = denseLayer(graph, `features.denseblock${block + 1}.denselayer${layer}`, x);
      }
      if (block < LAYERS.length - 1) x = transition(graph, `features.transition${block + 1}`, x);
    }
    x = graph.globalAverage('avgpool', graph.normalization('features.norm5', x));
    graph.linear('classifier', x, 1000);
  },
};

function denseLayer(graph: CnnGraph, name: string, input: string): string {
  let x = graph.normalization(`${name}.norm1`, input);
  x = graph.convolution(`${name}.conv1`, x, BOTTLENECK * GROWTH, { activation: 'relu' });
  x = graph.convolution(`${name}.conv2`, x, GROWTH, { kernel: 3, perChannel: 'none' });
  return graph.concatenation(`${name}.concat`, [input, x]);
}

/** Half the channels, half the rows and columns. */
function transition(graph: CnnGraph, name: string, input: string): string {
  let x = graph.normalization(`${name}.norm`, input);
  x = graph.convolution(`${name}.conv`, x, graph.channelsOf(x) / 2, { perChannel: 'none' });
  return graph.pooling(`${name}.pool`, x, 'average', { kernel: 2, stride: 2 });
}
