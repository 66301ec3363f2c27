import type { z } from 'zod';
import type { JsonPath } from '../../json/index.js';
import type { LoopNest } from '../loop-nest.js';
import type { TensorShape } from '../tensor-shape.js';

/**
 * What a layer has beside its first input: weights or a second activation (matrix product) to multiply it with, a table
 * of weights of which it looks rows up, or nothing. The last two are layers of the vector unit.
 */
export type SecondOperand = 'weights' | 'activation' | 'table' | 'none';

/** `cache`: keys or values of an attention layer that are kept from one step of a decoder to the next. */
export type TensorRole = 'cache';

/** What the layers of every kind have in a network file. */
export interface LayerSpecBase {
  readonly name: string;
  readonly kind: string;
  /** The tensor read, or the tensors read: a kind has one of the two fields. */
  readonly input?: string;
  readonly inputs?: readonly string[];
  /** Shape the author expects. */
  readonly output?: TensorShape | undefined;
  /** Fused non-linearity. */
  readonly activation?: string;
  readonly role?: TensorRole | undefined;
}

/** Says that a layer is wrong: `field` is a path inside the layer, empty for the layer as a whole. */
export type Report = (field: JsonPath, rule: string, found?: string, hint?: string) => void;

/** What a layer's fields and its inputs' shapes determine, for one sample. */
export interface LayerGeometry {
  readonly output: TensorShape;
  readonly nest: LoopNest;
  /** Operations of the vector unit for each element that the nest makes; 0 on the array. */
  readonly operationsPerOutput: number;
  /** Elements of the input that are read, where that is not all of them. */
  readonly readElements?: number;
  /** Weights of a table of which rows are looked up. */
  readonly tableElements?: number;
  /**
   * An output may hang on rows that its window in the nest does not show: statistics of a whole map, rows that are put
   * in another order.
   */
  readonly mixesRows?: boolean;
}

/** What an entry of a network file comes to that only looks at another's tensor in another way: no layer. */
export interface ViewGeometry {
  readonly output: TensorShape;
  readonly nest: null;
}

/** What an entry of a network file has to say of itself, layer or not. */
export interface EntryKind<Spec extends LayerSpecBase, Geometry extends LayerGeometry | ViewGeometry> {
  readonly description: string;
  /** A strict object whose `kind` is the kind's name. */
  readonly schema: z.ZodType<Spec>;
  /**
   * Shape of the output and loops of one sample. Whatever makes them impossible is reported, and then the answer is
   * undefined.
   *
   * @param inputs shapes of the inputs, in the order in which the layer names them
   */
  infer(spec: Spec, inputs: readonly TensorShape[], report: Report): Geometry | undefined;
}

/** One kind of layer: everything the model has to know of it. */
export interface LayerKind<Spec extends LayerSpecBase = LayerSpecBase> extends EntryKind<Spec, LayerGeometry> {
  /** `array`: MACs on the systolic array. `vector`: operations on the vector unit. */
  readonly engine: 'array' | 'vector';
  readonly secondOperand: SecondOperand;
  /** The output may be written where an input of its size lies that is read for the last time. */
  readonly inPlace: boolean;
  /** The output is the sum of the inputs, so that a residual shortcut may join here. */
  readonly sumsInputs?: true;
  /** The loops at another batch. */
  withBatch(nest: LoopNest, from: number, to: number): LoopNest;
}

/** A kind of entry that makes no layer. */
export type ViewKind<Spec extends LayerSpecBase = LayerSpecBase> = EntryKind<Spec, ViewGeometry>;

/** Most kinds do one and the same thing for each sample. */
export function setBatch(nest: LoopNest, _from: number, to: number): LoopNest {
  return { ...nest, batch: to };
}
