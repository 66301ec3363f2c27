/**
 * A batch of feature maps. Values lie by channel, sample, row and column, so that a channel is one piece (normalisation)
 * and a layer is one matrix product over the whole batch.
 */
export interface FeatureMaps {
  readonly values: Float32Array;
  readonly channels: number;
  readonly samples: number;
  readonly rows: number;
  readonly columns: number;
}

/** Numbers that training changes. */
export interface Parameter {
  readonly name: string;
  readonly values: Float32Array;
  /** Of the loss by the values; layers add to it, the optimizer clears it. */
  readonly gradient: Float32Array;
  /** `weights` and `clipping` decay, each with its own strength; `scale` (normalisation, biases) does not. */
  readonly role: 'weights' | 'scale' | 'clipping';
}

/** Numbers that a layer keeps and that are not trained: running means. */
export interface Memory {
  readonly name: string;
  readonly values: Float32Array;
}

/**
 * One layer in training. `forward` and `backward` hand out buffers of the layer's own, good until its next call;
 * `backward` belongs to the last `forward`.
 */
export interface TrainingLayer {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly memories: readonly Memory[];
  /** @param training statistics are of this batch, and remembered */
  forward(input: FeatureMaps, training: boolean): FeatureMaps;
  /** @returns the gradient of the loss by the input */
  backward(gradient: FeatureMaps): FeatureMaps;
}

export function parameterOf(name: string, role: Parameter['role'], values: Float32Array): Parameter {
  return { name, role, values, gradient: new Float32Array(values.length) };
}

/** Feature maps in a buffer that is made anew only when the size changes; its values are those of the last use. */
export function reuse(before: FeatureMaps | undefined, shape: Omit<FeatureMaps, 'values'>): FeatureMaps {
  const { channels, samples, rows, columns } = shape;
  const size = channels * samples * rows * columns;
  const values = before !== undefined && before.values.length === size ? before.values : new Float32Array(size);
  return { values, channels, samples, rows, columns };
}
