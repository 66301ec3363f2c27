import { failure } from '../../errors.js';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './file/model.js';
import { readElements } from './file/elements.js';
import { dataTypes } from './file/data-types.js';
import { placeLayers } from './import-onnx.js';
import type { OnnxOptions } from './import-onnx.js';

/** The weights of one layer, in the order of the file; the shape is that of the file as well. */
export interface LayerWeights {
  /** As in the network that `importOnnx` makes. */
  readonly layer: string;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** A layer whose weights cannot be read, and why. */
export interface UnreadWeights {
  readonly layer: string;
  readonly reason: string;
}

export interface OnnxWeights {
  /** The network's name. */
  readonly network: string;
  /** Read when asked for, so that one layer's weights are in memory at a time. */
  readonly layers: Iterable<LayerWeights>;
  readonly unread: readonly UnreadWeights[];
}

/** Operators that hand on the same numbers, in another shape or order. */
const REARRANGING = new Set(['Identity', 'Reshape', 'Transpose', 'Squeeze', 'Unsqueeze', 'Flatten', 'Cast']);

/** Longer than any chain of such nodes that a converter writes. */
const MAX_CHAIN = 16;

/**
 * The weights that each layer of an ONNX file reads, as numbers: filters, matrices and tables. Biases are not among them.
 *
 * @throws AccelsimError as `importOnnx` does, or where not one layer has weights that can be read
 */
export function onnxWeights(bytes: Uint8Array, source: string, options: OnnxOptions = {}): OnnxWeights {
  const { graph, network, json } = placeLayers(bytes, source, options);
  const find = tensorFinder(graph);
  const found: { readonly layer: string; readonly tensor: OnnxTensor }[] = [];
  const unread: UnreadWeights[] = [];
  for (const [layer, value] of network.weightNames) {
    const tensor = find(value);
    const reason = typeof tensor === 'string' ? tensor : reasonAgainst(tensor);
    if (typeof tensor === 'string' || reason !== undefined) unread.push({ layer, reason: reason! });
    else found.push({ layer, tensor });
  }
  if (found.length === 0) {
    const [first] = unread;
    const hint = first === undefined ? undefined : `${first.layer}: ${first.reason}`;
    throw failure(source, '', 'has no layer whose weights can be read', undefined, hint);
  }
  return {
    network: json.name,
    layers: {
      *[Symbol.iterator]() {
        yield* readAll(found, source);
      },
    },
    unread,
  };
}

function* readAll(
  found: readonly { readonly layer: string; readonly tensor: OnnxTensor }[],
  source: string,
): Generator<LayerWeights> {
  for (const { layer, tensor } of found) {
    const values = readElements(tensor);
    if (values === undefined)
      throw failure(source, layer, `its weights "${tensor.name}" are not as long as their shape says`);
    yield { layer, shape: tensor.shape, values };
  }
}

function reasonAgainst({ content, type, shape }: OnnxTensor): string | undefined {
  if (dataTypes[type].family !== 'float') return `its weights are ${type}: quantized already`;
  if (content.form === 'none') return 'its weights are not in the file (external data)';
  return shape.includes(0) ? 'it has no weights' : undefined;
}

/** Finds the tensor of the file that a value is, or says in words why it is none. */
function tensorFinder(graph: OnnxGraph): (value: string) => OnnxTensor | string {
  const initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const makers = new Map<string, OnnxNode>(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  return (value) => {
    let name = value;
    for (let step = 0; step < MAX_CHAIN; step += 1) {
      const tensor = initializers.get(name);
      if (tensor !== undefined) return tensor;
      const maker = makers.get(name);
      const constant = maker?.operator === 'Constant' ? maker.attributes.get('value')?.tensor : undefined;
      if (constant !== undefined) return constant;
      const [input] = maker?.inputs ?? [];
      if (maker === undefined || input === undefined || !REARRANGING.has(maker.operator)) {
        return `its weights are made by ${maker?.operator ?? 'nothing'} in the graph`;
      }
      name = input;
    }
    return 'its weights are made by a long chain of nodes';
  };
}
