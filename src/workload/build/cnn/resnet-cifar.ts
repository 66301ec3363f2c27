import type { CnnDesign } from './design.js';
import { residualBlock } from './resnet.js';

/** Section 4.2 of He et al. 2015: three stages, each with half the rows and columns and twice the channels. */
const STAGES = [
  { channels: 16, size: 32 },
  { channels: 32, size: 16 },
  { channels: 64, size: 8 },
] as const;

/**
 * The 6n+2-layer network of He et al. for 32x32 images, n = 3, with shortcuts of option A (as all of theirs there):
 * where the map shrinks, the shortcut keeps every second pixel and has zeros in the channels that are new. PACT
 * (arXiv:1805.06085) does not say which shortcuts its ResNet20 has.
 */
export const resnet20: CnnDesign = {
  name: 'resnet20',
  description:
    'ResNet20 for CIFAR10 images of 32x32. Shortcuts have no weights: where the map shrinks they keep every second pixel and add channels of zeros',
  source:
    'He et al., Deep Residual Learning for Image Recognition, arXiv:1512.03385, Section 4.2 (n = 3, option A); layer names as in torchvision',
  image: 32,
  layers: (graph) => {
    let input = graph.convolution('conv1', 'image', 16, { kernel: 3, activation: 'relu' });
    for (const [stage, { channels, size }] of STAGES.entries()) {
      for (let index = 0; index < 3; index += 1) {
        const shrinks = index === 0 && stage > 0;
        const name = `layer${stage + 1}.${index}`;
        const shrink = (from: string): string => {
          const kept = { channels: channels / 2, height: size, width: size };
          return graph.copy(`${name}.downsample`, graph.slice(`${name}.pixels`, from, kept), { ...kept, channels });
        };
        const block = { name, kernels: [3, 3], channels, stride: shrinks ? 2 : 1 };
        input = residualBlock(graph, { ...block, ...(shrinks ? { shortcut: shrink } : {}) }, input);
      }
    }
    graph.linear('fc', graph.globalAverage('avgpool', input), 10);
  },
};
