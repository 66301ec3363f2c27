import type { NetworkJson } from '../schema.js';
import { buildCnn } from './cnn/design.js';
import { resnet } from './cnn/resnet.js';
import type { ResNetVariant } from './cnn/resnet.js';

export type { ResNetVariant } from './cnn/resnet.js';

/** The network of the PACT study, which programs may want by itself: what `buildZooNetwork` makes of `resnet50`. */
export function resnet50(variant: ResNetVariant): NetworkJson {
  return buildCnn(resnet(50, variant));
}
