import type { CnnDesign } from './design.js';
import { invertedResidual } from './inverted-residual.js';

/** Tan and Le, Table 1: expansion, kernel, output channels, blocks, and the stride of the first of them. */
const STAGES = [
  [1, 3, 16, 1, 1],
  [6, 3, 24, 2, 2],
  [6, 5, 40, 2, 2],
  [6, 3, 80, 3, 2],
  [6, 5, 112, 3, 1],
  [6, 5, 192, 4, 2],
  [6, 3, 320, 1, 1],
] as const;

/** A block squeezes to a quarter of the channels it is given, not of those it expands them to. */
export const efficientnetB0: CnnDesign = {
  name: 'efficientnet-b0',
  description: 'EfficientNet-B0 for 224x224 images',
  source:
    'Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, arXiv:1905.11946, Table 1; squeezed channels and layer names as in torchvision.models.efficientnet_b0',
  image: 224,
  layers: (graph) => {
    let x = graph.convolution('features.0.0', 'image', 32, { kernel: 3, stride: 2, activation: 'silu' });
    for (const [stage, [expansion, kernel, outputChannels, count, firstStride]] of STAGES.entries()) {
      for (let index = 0; index < count; index += 1) {
        const given = graph.channelsOf(x);
        const block = {
          name: `features.${stage + 1}.${index}`,
          list: 'block',
          kernel,
          expanded: expansion * given,
          outputChannels,
          stride: index === 0 ? firstStride : 1,
          activation: 'silu',
          squeeze: { channels: given / 4, activation: 'silu', gate: 'sigmoid' },
          nestsProjection: true,
        } as const;
        x = invertedResidual(graph, block, x);
      }
    }
    x = graph.convolution('features.8.0', x, 1280, { activation: 'silu' });
    graph.linear('classifier.1', graph.globalAverage('avgpool', x), 1000);
  },
};
