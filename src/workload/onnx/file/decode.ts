import { failure } from '../../../errors.js';
import { MAX_MEMORY_BYTES, MAX_NODES } from '../limits.js';
import { decodeInput } from './input.js';
import type { OnnxGraph, OnnxInput, OnnxModel, OnnxNode } from './model.js';
import { decodeNode } from './node.js';
import { decodeTensor } from './tensor.js';
import { MalformedFile, WireReader } from './wire.js';

/**
 * Reads the graph of an ONNX file. Weights stay where they are, in `bytes`; graphs within nodes are not read.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3 for the fields' numbers
 * @throws AccelsimError where the bytes are no ONNX file or more than this can hold
 */
export function decodeOnnx(bytes: Uint8Array, source: string): OnnxModel {
  if (bytes.length > MAX_MEMORY_BYTES) {
    const hint = 'condense it before (condenseOnnx), or keep its weights as external data: the graph says everything';
    throw failure(source, '', `must be at most ${MAX_MEMORY_BYTES} bytes in memory`, bytes.length, hint);
  }
  if (bytes.length === 0) throw failure(source, '', 'is empty, not an ONNX file');
  try {
    return decodeModel(new WireReader(bytes), bytes.length);
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    throw failure(source, `byte ${error.offset}`, `is not a sound ONNX file: ${error.message}`);
  }
}

function decodeModel(wire: WireReader, end: number): OnnxModel {
  const opsets = new Map<string, number>();
  const functions = new Set<string>();
  let graph: OnnxGraph | undefined;
  while (wire.next(end)) {
    switch (wire.field) {
      case 7:
        if (graph !== undefined) throw new MalformedFile('has two graphs', wire.position);
        graph = decodeGraph(wire, wire.message());
        break;
      case 8:
        decodeOpset(wire, wire.message(), opsets);
        break;
      case 25:
        functions.add(decodeFunctionName(wire, wire.message()));
        break;
    }
  }
  if (graph === undefined) throw new MalformedFile('there is no graph in it', end);
  return { opsets, functions, graph };
}

function decodeOpset(wire: WireReader, end: number, opsets: Map<string, number>): void {
  let domain = '';
  let version = 1;
  while (wire.next(end)) {
    if (wire.field === 1) domain = wire.name();
    else if (wire.field === 2) version = wire.integer(end);
  }
  opsets.set(domain === 'ai.onnx' ? '' : domain, version);
}

function decodeFunctionName(wire: WireReader, end: number): string {
  let name = '';
  while (wire.next(end)) if (wire.field === 1) name = wire.name();
  return name;
}

function decodeGraph(wire: WireReader, end: number): OnnxGraph {
  const graph = {
    name: '',
    nodes: [] as OnnxNode[],
    initializers: [] as ReturnType<typeof decodeTensor>[],
    inputs: [] as OnnxInput[],
    outputs: [] as string[],
    sparseInitializers: 0,
  };
  while (wire.next(end)) {
    switch (wire.field) {
      case 1:
        if (graph.nodes.length === MAX_NODES)
          throw new MalformedFile(`must have at most ${MAX_NODES} nodes`, wire.position);
        graph.nodes.push(decodeNode(wire, wire.message()));
        break;
      case 2:
        graph.name = wire.name();
        break;
      case 5:
        graph.initializers.push(decodeTensor(wire, wire.message()));
        break;
      case 11:
        graph.inputs.push(decodeInput(wire, wire.message()));
        break;
      case 12:
        graph.outputs.push(decodeInput(wire, wire.message()).name);
        break;
      case 15:
        graph.sparseInitializers += 1;
        break;
    }
  }
  return graph;
}
