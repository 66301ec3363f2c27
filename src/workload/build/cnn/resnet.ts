import type { CnnDesign } from './design.js';
import type { CnnGraph } from './graph.js';

/**
 * Where a stage halves the map, and where the non-linearity stands:
 * - `v1`: stride in the first convolution of a block (He et al. 2015, arXiv:1512.03385)
 * - `v1.5`: stride in the 3x3 of a bottleneck (torchvision, Goyal et al. 2017, arXiv:1706.02677)
 * - `preactivation`: non-linearity before each convolution (He et al. 2016, arXiv:1603.05027), stride in the first 3x3
 */
export type ResNetVariant = 'v1' | 'v1.5' | 'preactivation';

/** Columns of He et al. 2015, Table 1: the kernels of a block, and the blocks of conv2_x to conv5_x. */
const DEPTHS = {
  18: { kernels: [3, 3], blocks: [2, 2, 2, 2] },
  34: { kernels: [3, 3], blocks: [3, 4, 6, 3] },
  50: { kernels: [1, 3, 1], blocks: [3, 4, 6, 3] },
  101: { kernels: [1, 3, 1], blocks: [3, 4, 23, 3] },
  152: { kernels: [1, 3, 1], blocks: [3, 8, 36, 3] },
} as const;

export type ResNetDepth = keyof typeof DEPTHS;

/** Channels of a block in conv2_x to conv5_x; a bottleneck makes four times as many. */
const CHANNELS = [64, 128, 256, 512] as const;
const EXPANSION = 4;

/** A residual network for 224x224 images, with the layer names of torchvision; batch normalisation is folded. */
export function resnet(depth: ResNetDepth, variant: ResNetVariant): CnnDesign {
  const { kernels, blocks } = DEPTHS[depth];
  const isBottleneck = kernels.length === 3;
  const isPreactivation = variant === 'preactivation';
  const expansion = isBottleneck ? EXPANSION : 1;
  return {
    ...headOf(depth, variant, isBottleneck),
    image: 224,
    layers: (graph) => {
      const stem = graph.convolution('conv1', 'image', 64, { kernel: 7, stride: 2, activation: 'relu' });
      let input = graph.pooling('maxpool', stem, 'max', { kernel: 3, stride: 2, padding: 1 });
      for (const [stage, count] of blocks.entries()) {
        for (let index = 0; index < count; index += 1) {
          const name = `layer${stage + 1}.${index}`;
          const channels = CHANNELS[stage]!;
          const stride = index === 0 && stage > 0 ? 2 : 1;
          const project = (from: string): string =>
            graph.convolution(`${name}.downsample.0`, from, channels * expansion, {
              stride,
              // A pre-activation network normalises sums, not what they are made of.
              perChannel: isPreactivation ? 'none' : 'normalization',
            });
          const block = {
            name,
            kernels,
            channels,
            stride,
            strideAt: isBottleneck && variant !== 'v1' ? 1 : 0,
            expansion,
            // The first block of a stage is given a sum that is activated already, or the pooling.
            activatesInput: isPreactivation && index > 0,
            activatesSum: !isPreactivation || index === count - 1,
            ...(index === 0 && (isBottleneck || stage > 0) ? { shortcut: project } : {}),
          };
          input = residualBlock(graph, block, input);
        }
      }
      graph.linear('fc', graph.globalAverage('avgpool', input), 1000);
    },
  };
}

export interface ResidualBlock {
  readonly name: string;
  /** Of its convolutions, in order. */
  readonly kernels: readonly number[];
  /** Of all its convolutions but a bottleneck's last. */
  readonly channels: number;
  readonly stride: number;
  /** Which of the convolutions has the stride; without it, the first. */
  readonly strideAt?: number;
  /** The last convolution's channels over `channels`; without it, 1. */
  readonly expansion?: number;
  /** A non-linearity of its own before the first convolution, which the shortcut goes without. */
  readonly activatesInput?: boolean;
  readonly activatesSum?: boolean;
  /** Makes what is added of the input, where the two differ in shape; without it, the input is added. */
  readonly shortcut?: (input: string) => string;
}

/** Convolutions one after the other, and their sum with the input. */
export function residualBlock(graph: CnnGraph, block: ResidualBlock, input: string): string {
  const { name, kernels, channels, strideAt = 0, expansion = 1, activatesSum = true } = block;
  let branch = block.activatesInput === true ? graph.activation(`${name}.relu`, input, 'relu') : input;
  for (const [index, kernel] of kernels.entries()) {
    const isLast = index === kernels.length - 1;
    branch = graph.convolution(`${name}.conv${index + 1}`, branch, isLast ? channels * expansion : channels, {
      kernel,
      stride: index === strideAt ? block.stride : 1,
      activation: isLast ? 'none' : 'relu',
    });
  }
  const shortcut = block.shortcut?.(input) ?? input;
  return graph.addition(`${name}.add`, [branch, shortcut], activatesSum ? 'relu' : undefined);
}

function headOf(
  depth: ResNetDepth,
  variant: ResNetVariant,
  isBottleneck: boolean,
): Pick<CnnDesign, 'name' | 'description' | 'source'> {
  const what = `ResNet${depth} for 224x224 images`;
  const stride = isBottleneck ? ', stride in the 3x3 of a block' : '';
  switch (variant) {
    case 'v1':
      return {
        name: `resnet${depth}`,
        description: isBottleneck ? `${what}, stride in the first 1x1 of a block` : what,
        source: `He et al., Deep Residual Learning for Image Recognition, arXiv:1512.03385, Table 1 (${depth}-layer column)`,
      };
    case 'v1.5':
      return {
        name: `resnet${depth}-v1.5`,
        description: `${what}${stride}`,
        source: `He et al., arXiv:1512.03385, Table 1, with the stride as in torchvision.models.resnet${depth} and Goyal et al., arXiv:1706.02677, Section 5.1`,
      };
    case 'preactivation':
      return {
        name: `resnet${depth}-preactivation`,
        description: `${what} with full pre-activation${stride}. A non-linearity stands by itself where a shortcut needs the value without it`,
        source:
          'He et al., Identity Mappings in Deep Residual Networks, arXiv:1603.05027, Figure 4(e); shapes of arXiv:1512.03385, Table 1',
      };
  }
}
