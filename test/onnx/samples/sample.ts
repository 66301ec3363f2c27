import { floats, input, integers, node, onnxFile, weights } from '../../fixtures/onnx-file.js';
import type { GraphSketch, NodeSketch, TensorSketch } from '../../fixtures/onnx-file.js';

/** A small network, and what it has to become. */
export interface Sample {
  readonly graph: GraphSketch;
  /** Kinds of the layers in the order of the file, each with what it makes: `convolution 8x4x4 relu`. Views are layers of the file. */
  readonly layers: readonly string[];
  /** Worked by hand. */
  readonly macs?: number;
  /** The runtime has not this operator. */
  readonly isForeign?: true;
}

/** One node that reads `x` and makes `y`; further inputs are the initializers, in their order. */
export function single(
  operator: string,
  shape: readonly number[],
  attributes: Parameters<typeof node>[3] = {},
  initializers: readonly TensorSketch[] = [],
  opset?: number,
): GraphSketch {
  return {
    inputs: [input('x', shape)],
    outputs: ['y'],
    nodes: [node(operator, ['x', ...initializers.map(({ name }) => name ?? '')], ['y'], attributes)],
    initializers,
    ...(opset === undefined ? {} : { opset }),
  };
}

/** Nodes one after the other, from the input `x` to the last node's first output. */
export function chain(
  shape: readonly number[],
  nodes: readonly NodeSketch[],
  initializers: readonly TensorSketch[] = [],
  opset?: number,
): GraphSketch {
  return {
    inputs: [input('x', shape)],
    outputs: [nodes.at(-1)!.output![0]!],
    nodes,
    initializers,
    ...(opset === undefined ? {} : { opset }),
  };
}

export function fileOf(sample: Sample): Uint8Array {
  return onnxFile(sample.graph);
}

export { floats, input, integers, node, weights };
