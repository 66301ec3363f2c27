import type { LayerJson } from '../../schema.js';
import type { Value } from '../graph/value.js';

type WithoutName<Layer> = Layer extends unknown ? Omit<Layer, 'name' | 'output'> : never;

/** A layer before it is named and its output's shape is known. */
export type LayerFields = WithoutName<LayerJson>;

export interface LayerOptions {
  /** Which output of the node it makes; the first where left out. */
  readonly output?: number;
  /** The node's layer that is not its last: what to call it beside the node's name. */
  readonly part?: string;
  /** Shape of what such a layer makes, where it is none of the node's outputs. */
  readonly makes?: Value;
  /** The weights that it reads. */
  readonly weights?: Value;
  /**
   * What it absorbs of what comes after it: `constants` such as scales, biases and a normalisation of each channel, or
   * single `numbers`, which a table or a multiply-add has room for.
   */
  readonly folds?: 'constants' | 'numbers';
}

/** A node that costs nothing, and why. */
export interface SkippedNode {
  readonly node: string;
  readonly operator: string;
  readonly reason: string;
}
