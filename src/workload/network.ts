import type { LayerKindName } from './kinds/index.js';
import type { SecondOperand, TensorRole } from './kinds/layer-kind.js';
import type { LoopNest } from './loop-nest.js';
import type { TensorShape } from './tensor-shape.js';

export type { SecondOperand, TensorRole, TensorShape };

/** A tensor that one layer makes (or that enters the network) and others read. */
export interface Tensor {
  readonly name: string;
  readonly shape: TensorShape;
  /** Elements over the whole batch. */
  readonly elements: number;
  /** Index of the layer that makes it; -1 for an input of the network. */
  readonly producer: number;
  /** Indices of the layers that read it, ascending; empty for an output of the network. */
  readonly consumers: readonly number[];
  /** What it is kept for, where that sets the bits at which it is stored. */
  readonly role?: TensorRole;
}

/** One layer with everything the model needs to know about it, shapes resolved, batch included. */
export interface Layer {
  readonly name: string;
  readonly kind: LayerKindName;
  /** Position in `Network.layers`. */
  readonly index: number;
  /** Tensors read, as indices into `Network.tensors`. For a matrix product: first, second. */
  readonly inputs: readonly number[];
  /**
   * For each of `inputs` the elements of it that the layer reads, over the whole batch: a view may show a part only.
   * What an earlier one of its inputs has shown already counts 0.
   */
  readonly inputElements: readonly number[];
  /** The tensor made, as an index into `Network.tensors`. */
  readonly output: number;
  readonly nest: LoopNest;
  /** `array`: MACs on the systolic array. `vector`: operations on the vector unit. */
  readonly engine: 'array' | 'vector';
  readonly secondOperand: SecondOperand;
  /** Multiply-accumulates; 0 on the vector unit. */
  readonly macs: number;
  /** Operations of the vector unit; 0 on the array. */
  readonly vectorOperations: number;
  /** The same for each element that the nest makes. */
  readonly vectorOperationsPerOutput: number;
  /** Weights without bias that multiply, so that all of them move; 0 where there are none. */
  readonly weightElements: number;
  /** Weights of a table of which rows are looked up, so that only those move; 0 where there is none. */
  readonly tableElements: number;
  /** The output may be written where an input of its size lies that is read for the last time: elementwise layers. */
  readonly inPlace: boolean;
  /** An output may hang on rows of the input that its window does not show, so that no stripe can be made by itself. */
  readonly mixesRows: boolean;
  /** Applied to the output on its way out, at no cost. */
  readonly activation: 'none' | 'fused';
}

/** A directed acyclic graph of layers in an order in which they can run. */
export interface Network {
  readonly name: string;
  readonly batch: number;
  readonly layers: readonly Layer[];
  readonly tensors: readonly Tensor[];
  /** What the file it came from left open and an importer decided, a sentence each; goes with every result. */
  readonly notes?: readonly string[];
}

/** Whether a layer has weights of its own, so that bits of weights mean something. */
export function hasWeights(layer: Layer): boolean {
  return layer.secondOperand === 'weights' || layer.secondOperand === 'table';
}
