import { describe, expect, it } from 'vitest';
import type { Network } from '../network.js';
import { buildNetwork } from '../read-network.js';
import { formatShape } from '../tensor-shape.js';
import { networkTotals } from '../totals.js';
import { resnet50 } from './resnet50.js';
import type { ResNetVariant } from './resnet50.js';

const variants: readonly ResNetVariant[] = ['v1', 'v1.5', 'preactivation'];

/** Output sizes of He et al. 2015 (arXiv:1512.03385), Table 1, 50-layer column, with the blocks of each stage. */
const TABLE_1 = [
  { stage: 'layer1', blocks: 3, size: 56, inner: 64, outer: 256 },
  { stage: 'layer2', blocks: 4, size: 28, inner: 128, outer: 512 },
  { stage: 'layer3', blocks: 6, size: 14, inner: 256, outer: 1024 },
  { stage: 'layer4', blocks: 3, size: 7, inner: 512, outer: 2048 },
] as const;

function shapesOf(network: Network): Map<string, string> {
  return new Map(network.tensors.map((tensor) => [tensor.name, formatShape(tensor.shape)]));
}

describe.each(variants)('ResNet50 %s', (variant) => {
  const network = buildNetwork(resnet50(variant));
  const shapes = shapesOf(network);

  it('has 53 convolutions, 16 additions, two poolings and a classifier', () => {
    expect(networkTotals(network).layersByKind).toMatchObject({ convolution: 53, addition: 16, pooling: 2, linear: 1 });
  });

  it('has 25,502,912 weights', () => {
    // torchvision counts 25,557,032 parameters; 53,120 of them are scales and shifts of the batch normalisations
    // (2 * 26,560 channels) and 1000 the bias of the classifier.
    expect(networkTotals(network).weightElements).toBe(25_557_032 - 53_120 - 1000);
    expect(networkTotals(network).weightElements).toBe(25_502_912);
  });

  it('has the shapes of Table 1', () => {
    expect(shapes.get('conv1')).toBe('64x112x112');
    expect(shapes.get('maxpool')).toBe('64x56x56');
    expect(shapes.get('avgpool')).toBe('2048x1x1');
    expect(shapes.get('fc')).toBe('1000x1x1');
    for (const { stage, blocks, size, inner, outer } of TABLE_1) {
      for (let block = 0; block < blocks; block += 1) {
        const name = `${stage}.${block}`;
        // Between the first 1x1 and the stride, wherever that is, the map still has the size of the stage before.
        const isEarly = block === 0 && stage !== 'layer1' && variant !== 'v1';
        expect(shapes.get(`${name}.conv1`)).toBe(`${inner}x${isEarly ? 2 * size : size}x${isEarly ? 2 * size : size}`);
        expect(shapes.get(`${name}.conv2`)).toBe(`${inner}x${size}x${size}`);
        expect(shapes.get(`${name}.conv3`)).toBe(`${outer}x${size}x${size}`);
        expect(shapes.get(`${name}.add`)).toBe(`${outer}x${size}x${size}`);
        expect(shapes.get(`${name}.downsample.0`)).toBe(block === 0 ? `${outer}x${size}x${size}` : undefined);
      }
      expect(shapes.has(`${stage}.${blocks}.conv1`)).toBe(false);
    }
  });

  it('adds what each block computes to what it was given', () => {
    for (const layer of network.layers.filter(({ kind }) => kind === 'addition')) {
      const [branch, shortcut] = layer.inputs.map((tensor) => network.tensors[tensor]!.name);
      const block = layer.name.replace(/\.add$/, '');
      expect(branch).toBe(`${block}.conv3`);
      const [stage, index] = block.split('.');
      expect(shortcut).toBe(index === '0' ? `${block}.downsample.0` : `${stage}.${Number(index) - 1}.add`);
    }
  });
});

describe('the variants', () => {
  it('take the vector unit for pooling, sums and lone non-linearities', () => {
    // maxpool 64 * 56^2 * 9 = 1,806,336; avgpool 2048 * 49 = 100,352; sums 3 * 256 * 56^2 + 4 * 512 * 28^2 +
    // 6 * 1024 * 14^2 + 3 * 2048 * 7^2 = 5,519,360.
    expect(networkTotals(buildNetwork(resnet50('v1'))).vectorOperations).toBe(1_806_336 + 100_352 + 5_519_360);
    // Pre-activation: one for each element that blocks 1 and up of a stage are given, 2 * 256 * 56^2 + 3 * 512 * 28^2 +
    // 5 * 1024 * 14^2 + 2 * 2048 * 7^2 = 4,014,080 more.
    expect(networkTotals(buildNetwork(resnet50('preactivation'))).vectorOperations).toBe(7_426_048 + 4_014_080);
  });

  it('take 3.858e9, 4.089e9 and 4.089e9 MACs', () => {
    const macs = variants.map((variant) => networkTotals(buildNetwork(resnet50(variant))).macs);
    // He et al. give 3.8e9 for v1; torchvision's own count for its ResNet50 is 4.089e9.
    expect(macs).toEqual([3_857_973_248, 4_089_184_256, 4_089_184_256]);
  });

  it('differ by the stride of three blocks', () => {
    // v1.5 runs the first 1x1 of layer2.0, layer3.0 and layer4.0 at four times the positions: 56^2 * 256 * 128 instead
    // of 28^2 * 256 * 128 and so on, 3 * 25,690,112 more for each of the three.
    const [v1, v15] = [networkTotals(buildNetwork(resnet50('v1'))), networkTotals(buildNetwork(resnet50('v1.5')))];
    expect(v15.macs - v1.macs).toBe(3 * 3 * 25_690_112);
  });

  it('keep the unactivated sum of pre-activation where an identity shortcut needs it', () => {
    const { layers } = buildNetwork(resnet50('preactivation'));
    const byName = new Map(layers.map((layer) => [layer.name, layer]));
    // 3 + 4 + 6 + 3 blocks, of which the first of each stage projects its shortcut.
    expect(layers.filter((layer) => layer.kind === 'activation')).toHaveLength(12);
    for (const { stage, blocks } of TABLE_1) {
      for (let block = 0; block < blocks; block += 1) {
        const isLast = block === blocks - 1;
        expect(byName.get(`${stage}.${block}.add`)?.activation).toBe(isLast ? 'fused' : 'none');
        expect(byName.has(`${stage}.${block}.relu`)).toBe(block > 0);
        expect(byName.get(`${stage}.${block}.conv3`)?.activation).toBe('none');
      }
    }
  });
});
