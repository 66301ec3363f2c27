import type { CnnDesign } from './design.js';

/** Column D of Simonyan and Zisserman, Table 1: channels of the 3x3 convolutions between one pooling and the next. */
const STAGES = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
] as const;

/** Numbered as torchvision numbers its modules, which counts each non-linearity and dropout too. */
export const vgg16: CnnDesign = {
  name: 'vgg16',
  description: 'VGG-16 for 224x224 images',
  source:
    'Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, arXiv:1409.1556, Table 1 (column D); layer names as in torchvision.models.vgg16',
  image: 224,
  layers: (graph) => {
    let input = 'image';
    let module = 0;
    for (const stage of STAGES) {
      for (const channels of stage) {
        const options = { kernel: 3, activation: 'relu', perChannel: 'bias' } as const;
        input = graph.convolution(`features.${module}`, input, channels, options);
        module += 2;
      }
      input = graph.pooling(`features.${module}`, input, 'max', { kernel: 2, stride: 2 });
      module += 1;
    }
    input = graph.linear('classifier.0', input, 4096, { activation: 'relu' });
    input = graph.linear('classifier.3', input, 4096, { activation: 'relu' });
    graph.linear('classifier.6', input, 1000);
  },
};
