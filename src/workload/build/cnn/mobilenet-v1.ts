import type { CnnDesign } from './design.js';

/** Howard et al., Table 1: stride and output channels of the thirteen depthwise separable convolutions. */
const BLOCKS = [
  [1, 64],
  [2, 128],
  [1, 128],
  [2, 256],
  [1, 256],
  [2, 512],
  [1, 512],
  [1, 512],
  [1, 512],
  [1, 512],
  [1, 512],
  [2, 1024],
  [1, 1024],
] as const;

/** The table gives the last depthwise convolution a stride of 2, but keeps 7x7: it has a stride of 1. */
export const mobilenetV1: CnnDesign = {
  name: 'mobilenet-v1',
  description: 'MobileNet v1 for 224x224 images, width 1.0',
  source:
    'Howard et al., MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications, arXiv:1704.04861, Table 1; layer names as in keras.applications.MobileNet',
  image: 224,
  layers: (graph) => {
    // Padded as in TensorFlow, where the authors built it: an odd zero goes below and to the right.
    const common = { padding: 'same', activation: 'relu6' } as const;
    let x = graph.convolution('conv1', 'image', 32, { ...common, kernel: 3, stride: 2 });
    for (const [index, [stride, channels]] of BLOCKS.entries()) {
      x = graph.depthwise(`conv_dw_${index + 1}`, x, { ...common, kernel: 3, stride });
      x = graph.convolution(`conv_pw_${index + 1}`, x, channels, { activation: 'relu6' });
    }
    graph.linear('conv_preds', graph.globalAverage('global_average_pooling2d', x), 1000);
  },
};
