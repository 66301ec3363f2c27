import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../read-network.js';
import { buildCnn } from './design.js';
import { cnnNetwork, shapesOf } from './networks.test-data.js';
import { resnet } from './resnet.js';

/** He et al. 2015 (arXiv:1512.03385), Table 1: blocks of each stage, and channels of a block's output. */
const TABLE_1 = [
  { depth: 18, blocks: [2, 2, 2, 2], outer: [64, 128, 256, 512], convolutions: 2 },
  { depth: 34, blocks: [3, 4, 6, 3], outer: [64, 128, 256, 512], convolutions: 2 },
  { depth: 50, blocks: [3, 4, 6, 3], outer: [256, 512, 1024, 2048], convolutions: 3 },
  { depth: 101, blocks: [3, 4, 23, 3], outer: [256, 512, 1024, 2048], convolutions: 3 },
  { depth: 152, blocks: [3, 8, 36, 3], outer: [256, 512, 1024, 2048], convolutions: 3 },
] as const;

const SIZES = [56, 28, 14, 7] as const;

describe.each(['v1', 'v1.5', 'preactivation'] as const)('ResNet %s', (variant) => {
  it.each(TABLE_1)('of $depth layers has the blocks of Table 1', ({ depth, blocks, outer, convolutions }) => {
    const network = buildNetwork(buildCnn(resnet(depth, variant)));
    const shapes = shapesOf(network);
    for (const [stage, count] of blocks.entries()) {
      const shape = `${outer[stage]}x${SIZES[stage]}x${SIZES[stage]}`;
      for (let index = 0; index < count; index += 1) {
        expect(shapes.get(`layer${stage + 1}.${index}.conv${convolutions}`)).toBe(shape);
        expect(shapes.get(`layer${stage + 1}.${index}.add`)).toBe(shape);
      }
      expect(shapes.has(`layer${stage + 1}.${count}.add`)).toBe(false);
      // A basic block of the first stage makes what it is given, so its shortcut needs no weights.
      const projects = stage > 0 || convolutions === 3;
      expect(shapes.has(`layer${stage + 1}.0.downsample.0`)).toBe(projects);
    }
    // Their names count the layers with weights, the shortcuts aside.
    const weighted = network.layers.filter((layer) => layer.weightElements > 0 && !layer.name.includes('downsample'));
    expect(weighted).toHaveLength(depth);
  });
});

describe('ResNet18 with pre-activation', () => {
  it('activates by itself what a second block of a stage reads, and nothing else', () => {
    const network = cnnNetwork('resnet18-preactivation');
    expect(network.layers.filter(({ kind }) => kind === 'activation').map(({ name }) => name)).toEqual([
      'layer1.1.relu',
      'layer2.1.relu',
      'layer3.1.relu',
      'layer4.1.relu',
    ]);
  });
});

describe('ResNet20', () => {
  const network = cnnNetwork('resnet20');

  it('has 19 convolutions and a linear layer, and no weights in its shortcuts', () => {
    expect(network.layers.filter(({ kind }) => kind === 'convolution')).toHaveLength(19);
    expect(network.layers.filter(({ weightElements }) => weightElements > 0)).toHaveLength(20);
  });

  it('adds every second pixel where the map shrinks', () => {
    const copy = network.layers.find(({ name }) => name === 'layer2.0.downsample')!;
    expect(copy.inputs.map((tensor) => network.tensors[tensor]!.name)).toEqual(['layer1.2.add']);
    // A quarter of 16 x 32 x 32 is read, and 32 x 16 x 16 written, half of it zeros.
    expect(copy.inputElements).toEqual([4096]);
    expect(network.tensors[copy.output]!.elements).toBe(8192);
  });
});
