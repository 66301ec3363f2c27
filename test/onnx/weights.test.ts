import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataType as DataType } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { importOnnx, onnxWeights } from '../../src/workload/onnx/index.js';
import { floats, input, integers, node, onnxFile, weights } from '../fixtures/onnx-file.js';
import type { GraphSketch, NodeSketch, TensorSketch } from '../fixtures/onnx-file.js';
import { readPackageFile, realFiles } from './real-files.js';

const FLOAT: number = DataType.FLOAT;
const NUMBERS = [0.5, -1.5, 2, 0, 3, -0.25, 1, 8];

/** x (1 x 4) times w (4 x 2). */
function product(initializer: TensorSketch, before: readonly NodeSketch[] = [], reads = 'w'): GraphSketch {
  const nodes = [...before, node('MatMul', ['x', reads], ['y'])];
  return {
    inputs: [input('x', [1, 4])],
    outputs: ['y'],
    nodes,
    initializers: [initializer, integers('shape', [4, 2])],
  };
}

const read = (graph: GraphSketch): { unread: readonly unknown[]; values: number[][] } => {
  const { layers, unread } = onnxWeights(onnxFile(graph), 'w.onnx');
  return { unread, values: [...layers].map(({ values }) => [...values]) };
};

function raw(elements: keyof typeof DataType, bytes: Uint8Array<ArrayBuffer>): TensorSketch {
  return { name: 'w', dims: [4n, 2n], dataType: DataType[elements], rawData: bytes };
}

describe('onnxWeights', () => {
  it('reads numbers however a writer writes them', () => {
    const single = new Uint8Array(Float32Array.from(NUMBERS).buffer);
    const double = new Uint8Array(Float64Array.from(NUMBERS).buffer);
    // binary16: sign, 5 bits of exponent (15 for 1), 10 of fraction.
    const half = new Uint8Array(Uint16Array.from([0x3800, 0xbe00, 0x4000, 0, 0x4200, 0xb400, 0x3c00, 0x4800]).buffer);
    const doubles: TensorSketch = { name: 'w', dims: [4n, 2n], dataType: DataType.DOUBLE, doubleData: NUMBERS };
    for (const tensor of [
      raw('FLOAT', single),
      raw('DOUBLE', double),
      raw('FLOAT16', half),
      doubles,
      floats('w', NUMBERS, [4, 2]),
    ]) {
      expect(read(product(tensor))).toEqual({ unread: [], values: [NUMBERS] });
    }
  });

  it('follows nodes that hand on the same numbers, and constants among the nodes', () => {
    const turned = floats('v', NUMBERS, [2, 4]);
    expect(read(product(turned, [node('Transpose', ['v'], ['w'])])).values).toEqual([NUMBERS]);
    const flat = floats('v', NUMBERS, [8]);
    const chain = [node('Reshape', ['v', 'shape'], ['u']), node('Identity', ['u'], ['w'])];
    expect(read(product(flat, chain)).values).toEqual([NUMBERS]);
    const constant = [node('Constant', [], ['w'], { value: floats('', NUMBERS, [4, 2]) })];
    expect(read(product(floats('unused', [1]), constant)).values).toEqual([NUMBERS]);
  });

  it('names layers as the network does', () => {
    const { path, dimensions } = realFiles['M-LSD, tiny, 512x512'];
    const bytes = readPackageFile(path);
    const { network } = importOnnx(bytes, 'mlsd.onnx', { dimensions });
    const names = new Set(network.layers.map(({ name }) => name));
    const { layers, unread, network: name } = onnxWeights(bytes, 'mlsd.onnx', { dimensions });
    expect([name, unread]).toEqual(['mlsd', []]);
    const all = [...layers];
    expect(all.every(({ layer }) => names.has(layer))).toBe(true);
    expect(all).toHaveLength(network.layers.filter(({ kind }) => kind === 'convolution').length);
  });

  it('reads of a real file what another reader of the format reads', () => {
    const bytes = readPackageFile(realFiles['BlazeFace, front'].path);
    const tensors = fromBinary(ModelProtoSchema, bytes).graph!.initializer;
    // Filters have four dimensions; what else the file holds are biases and numbers of other nodes.
    const theirs = tensors.filter(({ dims, dataType }) => dims.length === 4 && dataType === FLOAT);
    const sums = theirs.map(({ floatData, rawData }) => {
      const list: Iterable<number> = rawData.length > 0 ? new Float32Array(Uint8Array.from(rawData).buffer) : floatData;
      let sum = 0;
      for (const value of list) sum += value;
      return sum;
    });
    const ours = [...onnxWeights(bytes, 'blazeface.onnx').layers];
    expect(ours.length).toBeGreaterThan(30);
    for (const { values } of ours) {
      expect(sums).toContainEqual(
        expect.closeTo(
          values.reduce((sum, value) => sum + value, 0),
          6,
        ),
      );
    }
  });

  it('says of weights that it cannot read why', () => {
    const two: GraphSketch = {
      inputs: [input('x', [1, 4])],
      outputs: ['z'],
      nodes: [node('MatMul', ['x', 'w'], ['y']), node('MatMul', ['y', 'v'], ['z'])],
      initializers: [floats('w', NUMBERS, [4, 2]), { name: 'v', dims: [2n, 2n], dataType: DataType.FLOAT }],
    };
    const reason = 'its weights are not in the file (external data)';
    expect(read(two)).toEqual({ unread: [{ layer: 'MatMul_z', reason }], values: [NUMBERS] });
    const integersOnly = product(weights('w', [4, 2], 'INT8'));
    expect(() => read(integersOnly)).toThrow('MatMul_y: its weights are int8: quantized already');
    const made = product(floats('v', NUMBERS, [4, 2]), [node('Sigmoid', ['v'], ['w'])]);
    expect(() => read(made)).toThrow('MatMul_y: its weights are made by Sigmoid in the graph');
  });

  it('refuses numbers that are fewer than their shape says', () => {
    const short = raw('FLOAT', new Uint8Array(28));
    expect(() => read(product(short))).toThrow('w.onnx: MatMul_y: its weights "w" are not as long as their shape says');
  });
});
