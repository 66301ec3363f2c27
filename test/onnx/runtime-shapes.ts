// Shapes as a real ONNX runtime infers them: every value is made an output, and the runtime says what it is.
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, ValueInfoProtoSchema } from 'onnx-buf';
import { InferenceSession } from 'onnxruntime-web';

/** Shapes of the inputs and of all that the nodes make, by value. All of them: an open one is an error of the test. */
export async function runtimeShapes(
  file: Uint8Array,
  dimensions: Readonly<Record<string, number>>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const model = fromBinary(ModelProtoSchema, file);
  const { graph } = model;
  if (graph === undefined) throw new Error('the file has no graph');
  const outputs = new Set(graph.output.map(({ name }) => name));
  for (const name of graph.node.flatMap((node) => node.output)) {
    if (name === '' || outputs.has(name)) continue;
    outputs.add(name);
    graph.output.push(create(ValueInfoProtoSchema, { name }));
  }
  const session = await InferenceSession.create(toBinary(ModelProtoSchema, model), {
    graphOptimizationLevel: 'basic',
    freeDimensionOverrides: dimensions,
    logSeverityLevel: 4,
  });
  const shapes = new Map<string, readonly number[]>();
  for (const value of [...session.inputMetadata, ...session.outputMetadata]) {
    const shape = value.isTensor ? value.shape : undefined;
    // What depends on data is 2^32 - 1 here.
    const sizes = shape?.filter((size) => typeof size === 'number' && size < 2 ** 32 - 1);
    if (shape === undefined || sizes?.length !== shape.length) throw new Error(`the runtime leaves ${value.name} open`);
    shapes.set(value.name, sizes.map(Number));
  }
  await session.release();
  return shapes;
}
