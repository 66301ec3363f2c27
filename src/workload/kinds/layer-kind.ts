import type { z } from 'zod';
import type { JsonPath } from '../../json/index.js';
import type { LoopNest } from '../loop-nest.js';
import type { TensorShape } from '../tensor-shape.js';

/**
 * What a layer multiplies its first input with: weights, a second activation (matrix product), or nothing (a layer of
 * the vector unit).
 */
export type SecondOperand = 'weights' | 'activation' | 'none';

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
}

/** Says that a layer is wrong: `field` is a path inside the layer, empty for the layer as a whole. */
export type Report = (field: JsonPath, rule: string, found?: string, hint?: string) => void;

/** What a layer's fields and its inputs' shapes determine. */
export interface LayerGeometry {
  readonly output: TensorShape;
  /** For one sample. */
  readonly nest: LoopNest;
}

/** One kind of layer: everything the model has to know of it. */
export interface LayerKind<Spec extends LayerSpecBase = LayerSpecBase> {
  readonly description: string;
  /** A strict object whose `kind` is the kind's name. */
  readonly schema: z.ZodType<Spec>;
  /** `array`: MACs on the systolic array. `vector`: operations on the vector unit. */
  readonly engine: 'array' | 'vector';
  readonly secondOperand: SecondOperand;
  /** The output may be written where an input lies that is read for the last time. */
  readonly inPlace: boolean;
  /**
   * Shape of the output and loops of one sample. Whatever makes them impossible is reported, and then the answer is
   * undefined.
   *
   * @param inputs shapes of the inputs, in the order in which the layer names them
   */
  infer(spec: Spec, inputs: readonly TensorShape[], report: Report): LayerGeometry | undefined;
  /** The loops at another batch. */
  withBatch(nest: LoopNest, from: number, to: number): LoopNest;
  /** Operations of the vector unit; 0 on the array. */
  vectorOperations(nest: LoopNest, inputs: number): number;
}

/** Most kinds do one and the same thing for each sample. */
export function setBatch(nest: LoopNest, _from: number, to: number): LoopNest {
  return { ...nest, batch: to };
}
