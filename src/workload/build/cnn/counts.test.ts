import { describe, expect, it } from 'vitest';
import { networkTotals } from '../../totals.js';
import { cnns } from './index.js';
import { cnnNames, cnnNetwork, parametersOf } from './networks.test-data.js';
import type { CnnName } from './networks.test-data.js';

const macsOf = (name: CnnName): number => networkTotals(cnnNetwork(name)).macs;

/**
 * `num_params` and `_ops` (10^9 MACs, to three digits) of the default weights of torchvision 0.15 and later, in
 * torchvision/models; https://pytorch.org/vision/stable/models.html shows them rounded.
 */
const TORCHVISION: readonly { readonly name: CnnName; readonly parameters: number; readonly gigaMacs: number }[] = [
  { name: 'resnet18', parameters: 11_689_512, gigaMacs: 1.814 },
  { name: 'resnet34', parameters: 21_797_672, gigaMacs: 3.664 },
  { name: 'resnet50-v1.5', parameters: 25_557_032, gigaMacs: 4.089 },
  { name: 'resnet101-v1.5', parameters: 44_549_160, gigaMacs: 7.801 },
  { name: 'resnet152-v1.5', parameters: 60_192_808, gigaMacs: 11.514 },
  { name: 'alexnet-torchvision', parameters: 61_100_840, gigaMacs: 0.714 },
  { name: 'vgg16', parameters: 138_357_544, gigaMacs: 15.47 },
  // Without its auxiliary classifiers, which are dropped when the weights are loaded.
  { name: 'googlenet-torchvision', parameters: 6_624_904, gigaMacs: 1.498 },
  // The parameters include the auxiliary classifier, the MACs do not; see below.
  { name: 'inception-v3', parameters: 27_161_264, gigaMacs: 5.713 },
  { name: 'mobilenet-v2', parameters: 3_504_872, gigaMacs: 0.301 },
  { name: 'mobilenet-v3-large', parameters: 5_483_032, gigaMacs: 0.217 },
  { name: 'mobilenet-v3-small', parameters: 2_542_856, gigaMacs: 0.057 },
  { name: 'efficientnet-b0', parameters: 5_288_548, gigaMacs: 0.386 },
  { name: 'densenet121', parameters: 7_978_856, gigaMacs: 2.834 },
];

/**
 * Inception v3's auxiliary classifier: 1x1 from 768 to 128, 5x5 to 768, each with 2 for each channel of its batch
 * normalisation, and a linear layer with bias.
 */
const INCEPTION_AUXILIARY = 768 * 128 + 2 * 128 + 128 * 768 * 25 + 2 * 768 + 768 * 1000 + 1000;

describe('torchvision’s counts', () => {
  it.each(TORCHVISION)('$name learns $parameters parameters and takes $gigaMacs GMACs', (published) => {
    const leftOut = published.name === 'inception-v3' ? INCEPTION_AUXILIARY : 0;
    expect(parametersOf(published.name)).toBe(published.parameters - leftOut);
    expect(Number((macsOf(published.name) / 1e9).toFixed(3))).toBe(published.gigaMacs);
  });
});

describe('the papers’ counts', () => {
  it.each([
    // He et al., arXiv:1512.03385, Table 1, FLOPs meaning MACs: cut, not rounded, for 34 and 50 layers.
    { name: 'resnet18', gigaMacs: 1.8 },
    { name: 'resnet34', gigaMacs: 3.6 },
    { name: 'resnet50', gigaMacs: 3.8 },
    { name: 'resnet101', gigaMacs: 7.6 },
    { name: 'resnet152', gigaMacs: 11.3 },
  ] as const)('$name takes $gigaMacs GMACs where the stride is in the first 1x1', ({ name, gigaMacs }) => {
    expect(Math.abs(macsOf(name) / 1e9 - gigaMacs)).toBeLessThan(0.07);
  });

  it.each([
    { first: 'resnet101', second: 'resnet101-v1.5' },
    { first: 'resnet152', second: 'resnet152-v1.5' },
    { first: 'resnet50', second: 'resnet50-preactivation' },
    { first: 'resnet18', second: 'resnet18-preactivation' },
  ] as const)('$first and $second have the same weights', ({ first, second }) => {
    const [one, two] = [networkTotals(cnnNetwork(first)), networkTotals(cnnNetwork(second))];
    expect(two.weightElements).toBe(one.weightElements);
  });

  it('a pre-activation network has no normalisation in its shortcuts', () => {
    // ResNet18: 2 * (128 + 256 + 512) = 1792 less than torchvision's 9600. ResNet50: the first stage projects too,
    // 2 * (256 + 512 + 1024 + 2048) = 7680 less than 53,120.
    expect(cnns['resnet18-preactivation'].otherParameters({})).toEqual({ 'batch normalisation': 7808, biases: 1000 });
    expect(cnns['resnet50-preactivation'].otherParameters({})).toEqual({ 'batch normalisation': 45_440, biases: 1000 });
  });

  it('ResNet20 learns 0.27M parameters', () => {
    // He et al., Table 6: 0.27M. Weights by stage: 432, 6 * 2304, 4608 + 5 * 9216, 18,432 + 5 * 36,864, 640; batch
    // normalisation 2 * (7 * 16 + 6 * 32 + 6 * 64); 10 biases. Networks with projections have 2752 more.
    expect(parametersOf('resnet20')).toBe(432 + 13_824 + 50_688 + 202_752 + 640 + 1376 + 10);
    // Each weight of a stage works at 32^2, 16^2 or 8^2 positions.
    expect(macsOf('resnet20')).toBe((432 + 13_824) * 1024 + 50_688 * 256 + 202_752 * 64 + 640);
  });

  it('AlexNet learns 60,965,224 parameters and takes 724M MACs', () => {
    // Caffe's bvlc_alexnet has 60,965,224. Sze et al., arXiv:1703.09039, Table II: 61M weights, 724M MACs.
    expect(parametersOf('alexnet')).toBe(60_965_224);
    expect(Math.round(macsOf('alexnet') / 1e6)).toBe(724);
  });

  it('AlexNet in one group would learn 62,378,344 parameters with biases', () => {
    // Published so in github.com/osmr/imgclsmob; here 9568 of the 10,568 biases gave way to batch normalisation, which
    // has two parameters a channel.
    expect(parametersOf('alexnet-batchnorm')).toBe(62_378_344 + 9568);
    // Two groups halve the MACs of conv2, conv4 and conv5: 27^2 * 256 * 1200, 13^2 * 384 * 1728, 13^2 * 256 * 1728.
    const saved = 729 * 256 * 1200 + 169 * 384 * 1728 + 169 * 256 * 1728;
    expect(macsOf('alexnet-batchnorm')).toBe(macsOf('alexnet') + saved);
  });

  it('DoReFa-Net’s AlexNet has as many weights as its code makes', () => {
    // 12^2 * 3 * 96, 5^2 * 48 * 256, 3^2 * 256 * 384, 3^2 * 192 * 384, 3^2 * 192 * 256, 9216 * 4096, 4096^2, 4096 * 1000.
    const weights = 41_472 + 307_200 + 884_736 + 663_552 + 442_368 + 37_748_736 + 16_777_216 + 4_096_000;
    expect(networkTotals(cnnNetwork('alexnet-dorefa')).weightElements).toBe(weights);
    // Positions of the convolutions: 54^2 twice, 27^2, 14^2 twice.
    const convolved = 41_472 * 54 ** 2 + 307_200 * 54 ** 2 + 884_736 * 27 ** 2 + 1_105_920 * 14 ** 2;
    expect(macsOf('alexnet-dorefa')).toBe(convolved + 37_748_736 + 16_777_216 + 4_096_000);
  });

  it('the SVHN network takes about 80 million operations', () => {
    // Zhou et al., arXiv:1606.06160, Section 3.1: model A costs about 80 FLOPs (millions, two to a MAC) for 40x40.
    expect(Math.abs((2 * macsOf('svhn')) / 1e6 - 80)).toBeLessThan(4);
    // 36^2 * 75 * 48, 18^2 * 432 * 64, 18^2 * 576 * 64, 7^2 * 576 * 128, 7^2 * 1152 * 128, 5^2 * 1152 * 128,
    // 3200 * 512, 512 * 10.
    const byHand = 4_665_600 + 8_957_952 + 11_943_936 + 3_612_672 + 7_225_344 + 3_686_400 + 1_638_400 + 5120;
    expect(macsOf('svhn')).toBe(byHand);
    // 3600 + 27,648 + 36,864 + 73,728 + 147,456 twice + 1,638,400 + 5120 weights, 58 biases, 2 * 1024 of normalisation.
    expect(parametersOf('svhn')).toBe(2_080_272 + 58 + 2048);
  });

  it('MobileNet v1 learns 4,231,976 parameters and takes 569M MACs', () => {
    // Howard et al., arXiv:1704.04861, Table 4: 569M and 4.2M. keras.applications.MobileNet: 4,231,976 trainable
    // parameters. github.com/osmr/imgclsmob gives 579.80M, counting more than MACs.
    expect(parametersOf('mobilenet-v1')).toBe(4_231_976);
    expect(Math.round(macsOf('mobilenet-v1') / 1e6)).toBe(569);
  });

  it.each([
    // Sandler et al., arXiv:1801.04381, Table 4; Howard et al., arXiv:1905.02244, Table 3; Tan and Le,
    // arXiv:1905.11946, Table 2. The squeezed channels of MobileNet v3 are torchvision's; the paper rounds otherwise.
    { name: 'mobilenet-v2', millionMacs: 300, millions: 3.4 },
    { name: 'mobilenet-v3-large', millionMacs: 219, millions: 5.4 },
    { name: 'mobilenet-v3-small', millionMacs: 56, millions: 2.5 },
    { name: 'efficientnet-b0', millionMacs: 390, millions: 5.3 },
  ] as const)('$name takes about $millionMacs million MACs', ({ name, millionMacs, millions }) => {
    expect(Math.abs(macsOf(name) / 1e6 / millionMacs - 1)).toBeLessThan(0.015);
    expect(Math.abs(parametersOf(name) / 1e6 - millions)).toBeLessThan(0.12);
  });

  it.each([
    // Sze et al., arXiv:1703.09039, Table II.
    { name: 'vgg16', gigaMacs: 15.5, millions: 138 },
    { name: 'resnet50', gigaMacs: 3.9, millions: 25.5 },
  ] as const)('$name: $gigaMacs GMACs, $millions million weights', ({ name, gigaMacs, millions }) => {
    expect(Math.abs(macsOf(name) / 1e9 - gigaMacs)).toBeLessThan(0.05);
    expect(Math.abs(networkTotals(cnnNetwork(name)).weightElements / 1e6 - millions)).toBeLessThan(0.5);
  });
});

describe('the table', () => {
  it.each(cnnNames)('calls %s by its own name, and says what it is and where from', (name) => {
    const network = cnns[name].build({});
    expect(network.name).toBe(name);
    expect(network.description).toBe(cnns[name].description);
    expect(network.source).toBe(cnns[name].source);
    expect(cnns[name].source).toMatch(/arXiv:\d{4}\.\d{4,5}|NIPS 2012/);
  });
});
