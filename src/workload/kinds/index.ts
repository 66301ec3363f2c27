import { activation } from './activation.js';
import { addition } from './addition.js';
import { concatenation } from './concatenation.js';
import { convolution } from './convolution.js';
import type { LayerKind } from './layer-kind.js';
import { linear } from './linear.js';
import { matmul } from './matmul.js';
import { pooling } from './pooling.js';

export type { LayerGeometry, LayerKind, LayerSpecBase, Report, SecondOperand } from './layer-kind.js';

/** Every kind of layer a network can have; the file schema and its help derive from the table. */
export const layerKinds = {
  convolution,
  linear,
  matmul,
  pooling,
  addition,
  concatenation,
  activation,
} as const satisfies Record<string, LayerKind>;

export type LayerKindName = keyof typeof layerKinds;

export function layerKindOf(name: LayerKindName): LayerKind {
  return layerKinds[name];
}
