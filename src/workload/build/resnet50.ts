import type { LayerJson, NetworkJson } from '../schema.js';

/**
 * Where a stage halves the map, and where the non-linearity stands:
 * - `v1`: stride in the first 1x1 of a block (He et al. 2015, arXiv:1512.03385)
 * - `v1.5`: stride in the 3x3 (torchvision, Goyal et al. 2017, arXiv:1706.02677)
 * - `preactivation`: non-linearity before each convolution (He et al. 2016, arXiv:1603.05027), stride in the 3x3
 */
export type ResNetVariant = 'v1' | 'v1.5' | 'preactivation';

/** A bottleneck block multiplies its inner channels by this. */
const EXPANSION = 4;

/** conv2_x to conv5_x of He et al. 2015, Table 1. */
const STAGES = [
  { name: 'layer1', channels: 64, blocks: 3, stride: 1 },
  { name: 'layer2', channels: 128, blocks: 4, stride: 2 },
  { name: 'layer3', channels: 256, blocks: 6, stride: 2 },
  { name: 'layer4', channels: 512, blocks: 3, stride: 2 },
] as const;

const VARIANTS: Readonly<
  Record<ResNetVariant, { readonly name: string; readonly description: string; readonly source: string }>
> = {
  v1: {
    name: 'resnet50',
    description: 'ResNet50 for 224x224 images, stride in the first 1x1 of a block',
    source: 'He et al., Deep Residual Learning for Image Recognition, arXiv:1512.03385, Table 1 (50-layer column)',
  },
  'v1.5': {
    name: 'resnet50-v1.5',
    description: 'ResNet50 for 224x224 images, stride in the 3x3 of a block',
    source:
      'He et al., arXiv:1512.03385, Table 1, with the stride as in torchvision.models.resnet50 and Goyal et al., arXiv:1706.02677, Section 5.1',
  },
  preactivation: {
    name: 'resnet50-preactivation',
    description:
      'ResNet50 for 224x224 images with full pre-activation, stride in the 3x3 of a block. A non-linearity stands by itself where a shortcut needs the value without it',
    source:
      'He et al., Identity Mappings in Deep Residual Networks, arXiv:1603.05027, Figure 4(e); shapes of arXiv:1512.03385, Table 1',
  },
};

/** ResNet50 with the layer names of torchvision; batch normalisation is folded into the convolutions. */
export function resnet50(variant: ResNetVariant): NetworkJson {
  const layers: LayerJson[] = [
    {
      name: 'conv1',
      kind: 'convolution',
      input: 'image',
      outputChannels: 64,
      kernel: 7,
      stride: 2,
      padding: 3,
      activation: 'relu',
    },
    { name: 'maxpool', kind: 'pooling', input: 'conv1', type: 'max', kernel: 3, stride: 2, padding: 1 },
  ];
  let input = 'maxpool';
  for (const stage of STAGES) {
    for (let index = 0; index < stage.blocks; index += 1) {
      const block = {
        name: `${stage.name}.${index}`,
        input,
        channels: stage.channels,
        stride: index === 0 ? stage.stride : 1,
      };
      const projects = index === 0;
      // Before a projection nothing needs the sum without its non-linearity, so the sum can take it along; so can the
      // last one, which the pooling reads.
      const readPlain = variant === 'preactivation' && index < stage.blocks - 1;
      layers.push(
        ...(variant === 'preactivation'
          ? preactivationBlock(block, projects)
          : postactivationBlock(block, projects, variant)),
        ...joinBlock(block, projects, readPlain),
      );
      input = `${block.name}.add`;
    }
  }
  layers.push(
    { name: 'avgpool', kind: 'pooling', input, type: 'average', kernel: 'global' },
    { name: 'fc', kind: 'linear', input: 'avgpool', outputFeatures: 1000, flatten: true },
  );
  return {
    ...VARIANTS[variant],
    inputs: [{ name: 'image', channels: 3, height: 224, width: 224 }],
    layers,
  };
}

interface Block {
  readonly name: string;
  readonly input: string;
  /** Of the 3x3. */
  readonly channels: number;
  readonly stride: number;
}

function postactivationBlock(block: Block, projects: boolean, variant: 'v1' | 'v1.5'): LayerJson[] {
  return branch(block, block.input, projects, variant === 'v1' ? 'conv1' : 'conv2');
}

/** The shortcut of a block that does not project carries the value without its non-linearity. */
function preactivationBlock(block: Block, projects: boolean): LayerJson[] {
  if (projects) return branch(block, block.input, true, 'conv2');
  const relu = `${block.name}.relu`;
  return [
    { name: relu, kind: 'activation', input: block.input, function: 'relu' },
    ...branch(block, relu, false, 'conv2'),
  ];
}

/** The three convolutions, and the projection of the shortcut where there is one. */
function branch(
  { name, channels, stride }: Block,
  input: string,
  projects: boolean,
  strideIn: 'conv1' | 'conv2',
): LayerJson[] {
  const outputChannels = channels * EXPANSION;
  return [
    convolution(`${name}.conv1`, input, channels, 1, strideIn === 'conv1' ? stride : 1, 'relu'),
    convolution(`${name}.conv2`, `${name}.conv1`, channels, 3, strideIn === 'conv2' ? stride : 1, 'relu'),
    convolution(`${name}.conv3`, `${name}.conv2`, outputChannels, 1, 1, 'none'),
    ...(projects ? [convolution(`${name}.downsample.0`, input, outputChannels, 1, stride, 'none')] : []),
  ];
}

function joinBlock({ name, input }: Block, projects: boolean, readPlain: boolean): LayerJson[] {
  const shortcut = projects ? `${name}.downsample.0` : input;
  const inputs = [`${name}.conv3`, shortcut];
  return [{ name: `${name}.add`, kind: 'addition', inputs, ...(readPlain ? {} : { activation: 'relu' }) }];
}

function convolution(
  name: string,
  input: string,
  outputChannels: number,
  kernel: 1 | 3,
  stride: number,
  activation: 'relu' | 'none',
): LayerJson {
  return {
    name,
    kind: 'convolution',
    input,
    outputChannels,
    kernel,
    ...(stride === 1 ? {} : { stride }),
    ...(kernel === 1 ? {} : { padding: 1 }),
    ...(activation === 'none' ? {} : { activation }),
  };
}
