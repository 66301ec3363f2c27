import type { CnnDesign } from './design.js';
import { invertedResidual } from './inverted-residual.js';

/** Sandler et al., Table 2: expansion, output channels, blocks, and the stride of the first of them. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

export const mobilenetV2: CnnDesign = {
  name: 'mobilenet-v2',
  description: 'MobileNet v2 for 224x224 images, width 1.0',
  source:
    'Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, arXiv:1801.04381, Table 2; layer names as in torchvision.models.mobilenet_v2',
  image: 224,
  layers: (graph) => {
    let x = graph.convolution('features.0.0', 'image', 32, { kernel: 3, stride: 2, activation: 'relu6' });
    let block = 0;
    for (const [expansion, outputChannels, count, firstStride] of STAGES) {
      for (let index = 0; index < count; index += 1) {
        block += 1;
        const common = { list: 'conv', kernel: 3, activation: 'relu6', nestsProjection: false } as const;
        const stride = index === 0 ? firstStride : 1;
        const expanded = expansion * graph.channelsOf(x);
        x = invertedResidual(graph, { ...common, name: `features.${block}`, expanded, outputChannels, stride }, x);
      }
    }
    x = graph.convolution('features.18.0', x, 1280, { activation: 'relu6' });
    graph.linear('classifier.1', graph.globalAverage('avgpool', x), 1000);
  },
};
