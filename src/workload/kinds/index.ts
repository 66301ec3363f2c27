import { activation } from './activation.js';
import { addition } from './addition.js';
import { concatenation } from './concatenation.js';
import { convolution } from './convolution.js';
import { copy } from './copy.js';
import { elementwise } from './elementwise.js';
import { embedding } from './embedding.js';
import type { EntryKind, LayerGeometry, LayerKind, LayerSpecBase, ViewGeometry, ViewKind } from './layer-kind.js';
import { linear } from './linear.js';
import { matmul } from './matmul.js';
import { pooling } from './pooling.js';
import { reduce } from './reduce.js';
import { resize } from './resize.js';
import { transposedConvolution } from './transposed-convolution.js';
import { view } from './view.js';

export { activationFunctions } from './activation-functions.js';
export type { ActivationFunction } from './activation-functions.js';
export type {
  LayerGeometry,
  LayerKind,
  LayerSpecBase,
  Report,
  SecondOperand,
  TensorRole,
  ViewGeometry,
  ViewKind,
} from './layer-kind.js';

/** Every kind of layer a network can have. */
export const layerKinds = {
  convolution,
  'transposed-convolution': transposedConvolution,
  linear,
  matmul,
  embedding,
  pooling,
  reduce,
  resize,
  addition,
  elementwise,
  activation,
  concatenation,
  copy,
} as const satisfies Record<string, LayerKind>;

/** What stands among the layers of a file and makes none. */
export const viewKinds = { view } as const satisfies Record<string, ViewKind>;

/** Everything that may stand in a file's list of layers; the file schema and its help derive from the table. */
export const entryKinds = { ...layerKinds, ...viewKinds } as const;

export type LayerKindName = keyof typeof layerKinds;
export type EntryKindName = keyof typeof entryKinds;

export function isLayerKind(name: EntryKindName): name is LayerKindName {
  return Object.hasOwn(layerKinds, name);
}

export function layerKindOf(name: LayerKindName): LayerKind {
  return layerKinds[name];
}

export function entryKindOf(name: EntryKindName): EntryKind<LayerSpecBase, LayerGeometry | ViewGeometry> {
  return entryKinds[name];
}
