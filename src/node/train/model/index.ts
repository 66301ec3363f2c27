import type { Model } from './model.js';
import { resnet20Small } from './resnet20-small.js';
import { svhnSmall } from './svhn-small.js';

export type { Blueprint, Model } from './model.js';

/** Every network that can be trained; `--network` and its help derive from the keys. */
export const models = {
  'svhn-small': svhnSmall,
  'resnet20-small': resnet20Small,
} as const satisfies Record<string, Model>;

export type ModelName = keyof typeof models;
