import type { ZooNetwork } from '../zoo-network.js';
import { alexnet, alexnetBatchNorm, alexnetDorefa, alexnetTorchvision } from './alexnet.js';
import { densenet121 } from './densenet.js';
import { buildCnn, learnedBesideWeights } from './design.js';
import type { CnnDesign } from './design.js';
import { efficientnetB0 } from './efficientnet.js';
import { googlenet, googlenetTorchvision } from './googlenet.js';
import { inceptionV3 } from './inception.js';
import { mobilenetV1 } from './mobilenet-v1.js';
import { mobilenetV2 } from './mobilenet-v2.js';
import { mobilenetV3Large, mobilenetV3Small } from './mobilenet-v3.js';
import { resnet20 } from './resnet-cifar.js';
import { resnet } from './resnet.js';
import { svhn } from './svhn.js';
import { vgg16 } from './vgg.js';

/** Convolutional networks. */
export const cnns = {
  resnet18: cnn(resnet(18, 'v1')),
  'resnet18-preactivation': cnn(resnet(18, 'preactivation')),
  resnet34: cnn(resnet(34, 'v1')),
  resnet50: cnn(resnet(50, 'v1')),
  'resnet50-v1.5': cnn(resnet(50, 'v1.5')),
  'resnet50-preactivation': cnn(resnet(50, 'preactivation')),
  resnet101: cnn(resnet(101, 'v1')),
  'resnet101-v1.5': cnn(resnet(101, 'v1.5')),
  resnet152: cnn(resnet(152, 'v1')),
  'resnet152-v1.5': cnn(resnet(152, 'v1.5')),
  resnet20: cnn(resnet20),
  svhn: cnn(svhn),
  alexnet: cnn(alexnet),
  'alexnet-batchnorm': cnn(alexnetBatchNorm),
  'alexnet-dorefa': cnn(alexnetDorefa),
  'alexnet-torchvision': cnn(alexnetTorchvision),
  vgg16: cnn(vgg16),
  googlenet: cnn(googlenet),
  'googlenet-torchvision': cnn(googlenetTorchvision),
  'inception-v3': cnn(inceptionV3),
  'mobilenet-v1': cnn(mobilenetV1),
  'mobilenet-v2': cnn(mobilenetV2),
  'mobilenet-v3-large': cnn(mobilenetV3Large),
  'mobilenet-v3-small': cnn(mobilenetV3Small),
  'efficientnet-b0': cnn(efficientnetB0),
  densenet121: cnn(densenet121),
} as const satisfies Record<string, ZooNetwork>;

function cnn(design: CnnDesign): ZooNetwork {
  return {
    description: design.description,
    source: design.source,
    parameters: {},
    build: () => buildCnn(design),
    otherParameters: () => {
      const { biases, normalizations } = learnedBesideWeights(design);
      return {
        ...(normalizations === 0 ? {} : { 'batch normalisation': normalizations }),
        ...(biases === 0 ? {} : { biases }),
      };
    },
  };
}
