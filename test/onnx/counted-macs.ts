// MACs of an ONNX file counted straight from its nodes and a runtime's shapes, without any of the importer's rules.
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import type { NodeProto } from 'onnx-buf';

type Shapes = ReadonlyMap<string, readonly number[]>;

/** What a node sums for each of its outputs, or spreads from each of its inputs. */
const counts: Readonly<Record<string, (node: NodeProto, shapes: Shapes) => number>> = {
  Conv: ({ input, output }, shapes) => product(shapes.get(output[0]!)!) * product(shapes.get(input[1]!)!.slice(1)),
  ConvTranspose: ({ input }, shapes) => product(shapes.get(input[0]!)!) * product(shapes.get(input[1]!)!.slice(1)),
  MatMul: ({ input, output }, shapes) => product(shapes.get(output[0]!)!) * shapes.get(input[0]!)!.at(-1)!,
  Gemm: ({ input, output }, shapes) => product(shapes.get(output[0]!)!) * shapes.get(input[0]!)!.at(-1)!,
};

/** @param runtime shapes of inputs and of what nodes make */
export function countMacs(file: Uint8Array, runtime: Shapes): number {
  const { graph } = fromBinary(ModelProtoSchema, file);
  const shapes = new Map(runtime);
  for (const { name, dims } of graph!.initializer) shapes.set(name, dims.map(Number));
  for (const { opType, output, attribute } of graph!.node) {
    const tensor = attribute.find(({ name }) => name === 'value')?.t;
    if (opType === 'Constant' && tensor !== undefined) shapes.set(output[0]!, tensor.dims.map(Number));
  }
  return graph!.node.reduce((sum, node) => sum + (counts[node.opType]?.(node, shapes) ?? 0), 0);
}

function product(shape: readonly number[]): number {
  return shape.reduce((all, size) => all * size, 1);
}
