import { failure } from '../../../errors.js';
import { MAX_MEMORY_BYTES, MAX_NAME_BYTES, MAX_NODES, MAX_RANK } from '../limits.js';
import { dataTypeOf } from './data-types.js';
import type { OnnxAttribute, OnnxGraph, OnnxInput, OnnxModel, OnnxNode } from './model.js';
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

function decodeNode(wire: WireReader, end: number): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  const node = { name: '', operator: '', domain: '', inputs, outputs, attributes };
  while (wire.next(end)) {
    switch (wire.field) {
      case 1:
        inputs.push(wire.name());
        break;
      case 2:
        outputs.push(wire.name());
        break;
      case 3:
        node.name = wire.name();
        break;
      case 4:
        node.operator = wire.name();
        break;
      case 5:
        decodeAttribute(wire, wire.message(), attributes);
        break;
      case 7:
        node.domain = wire.name();
        break;
    }
  }
  if (node.domain === 'ai.onnx') node.domain = '';
  return node;
}

function decodeAttribute(wire: WireReader, end: number, attributes: Map<string, OnnxAttribute>): void {
  let name = '';
  const attribute: { -readonly [Key in keyof OnnxAttribute]: OnnxAttribute[Key] } & {
    floats: number[];
    integers: number[];
  } = { floats: [], integers: [], hasGraph: false };
  while (wire.next(end)) {
    switch (wire.field) {
      case 1:
        name = wire.name();
        break;
      case 2:
        attribute.float = wire.float(end);
        break;
      case 3:
        attribute.integer = wire.integer(end);
        break;
      case 4:
        // Some operators keep whole programs in a text; none of those is of use here.
        if ((wire.size ?? 0) <= MAX_NAME_BYTES) attribute.text = wire.name();
        break;
      case 5:
        attribute.tensor = decodeTensor(wire, wire.message());
        break;
      case 6:
      case 11:
        attribute.hasGraph = true;
        break;
      case 7:
        wire.floats(end, attribute.floats);
        break;
      case 8:
        wire.integers(end, attribute.integers);
        break;
    }
  }
  attributes.set(name, attribute);
}

function decodeInput(wire: WireReader, end: number): OnnxInput {
  let name = '';
  let tensor: Omit<OnnxInput, 'name'> = { type: undefined, shape: undefined };
  while (wire.next(end)) {
    if (wire.field === 1) name = wire.name();
    else if (wire.field === 2) tensor = decodeType(wire, wire.message());
  }
  return { name, ...tensor };
}

/** Only a tensor's type says something; a sequence or a map stays undefined. */
function decodeType(wire: WireReader, end: number): Omit<OnnxInput, 'name'> {
  let tensor: Omit<OnnxInput, 'name'> = { type: undefined, shape: undefined };
  while (wire.next(end)) if (wire.field === 1) tensor = decodeTensorType(wire, wire.message());
  return tensor;
}

function decodeTensorType(wire: WireReader, end: number): Omit<OnnxInput, 'name'> {
  let code = 0;
  let shape: (number | string | null)[] | undefined;
  while (wire.next(end)) {
    if (wire.field === 1) code = wire.integer(end);
    else if (wire.field === 2) shape = decodeShape(wire, wire.message());
  }
  return { type: dataTypeOf(code), shape };
}

function decodeShape(wire: WireReader, end: number): (number | string | null)[] {
  const shape: (number | string | null)[] = [];
  while (wire.next(end)) if (wire.field === 1) shape.push(decodeDimension(wire, wire.message()));
  if (shape.length > MAX_RANK)
    throw new MalformedFile(`a tensor must have at most ${MAX_RANK} dimensions`, wire.position);
  return shape;
}

function decodeDimension(wire: WireReader, end: number): number | string | null {
  let size: number | string | null = null;
  while (wire.next(end)) {
    if (wire.field === 1) size = wire.integer(end);
    else if (wire.field === 2) size = wire.name();
  }
  // Writers that have no name for an open size write an empty one, or -1.
  return size === '' || (typeof size === 'number' && size < 0) ? null : size;
}
