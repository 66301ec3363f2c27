import { readDocument, readValue } from '../json/index.js';
import type { JsonPath, TextPosition } from '../json/index.js';
import { checkSizes } from './check-sizes.js';
import { countLayer } from './counts.js';
import { inferShapes } from './infer-shapes.js';
import { IssueList } from './issue-list.js';
import { layerKindOf } from './kinds/index.js';
import type { Layer, Network, Tensor } from './network.js';
import { networkSchema } from './schema.js';
import type { NetworkJson, NetworkSpec } from './schema.js';
import { shapeElements } from './tensor-shape.js';
import { wire } from './wiring.js';

/**
 * Reads a network file, for a batch of 1.
 *
 * @throws AccelsimError with every issue: of the text, or else of the schema, or else of the graph and its shapes
 */
export function readNetwork(text: string, source: string): Network {
  const { value, locate } = readDocument(text, source, networkSchema);
  return assemble(value, source, locate);
}

/** Makes a network, for a batch of 1, of a value such as a program writes. Throws as `readNetwork` does. */
export function buildNetwork(network: NetworkJson, source = 'network'): Network {
  return assemble(readValue(network, source, networkSchema), source);
}

function assemble(spec: NetworkSpec, source: string, locate?: (path: JsonPath) => TextPosition): Network {
  const issues = new IssueList(source, locate);
  const wiring = wire(spec, issues);
  const geometries = inferShapes(spec, wiring, issues);
  issues.throwIfAny();

  const first = spec.inputs.length;
  const place = new Map(wiring.order.map((listed, index) => [first + listed, first + index]));
  // Tensors of layers are renumbered from the order of the file to the order of running.
  const renumber = (tensor: number): number => place.get(tensor) ?? tensor;
  const layers = wiring.order.map((listed, index): Layer => {
    const layer = spec.layers[listed]!;
    const kind = layerKindOf(layer.kind);
    const { nest } = geometries[listed]!;
    const inputs = wiring.inputs[listed]!.map(renumber);
    return {
      name: layer.name,
      kind: layer.kind,
      index,
      inputs,
      output: first + index,
      nest,
      engine: kind.engine,
      secondOperand: kind.secondOperand,
      ...countLayer(kind, nest, inputs.length),
      inPlace: kind.inPlace,
      activation: 'activation' in layer && layer.activation !== 'none' ? 'fused' : 'none',
    };
  });
  const consumers: number[][] = Array.from({ length: first + layers.length }, () => []);
  for (const layer of layers) for (const tensor of new Set(layer.inputs)) consumers[tensor]!.push(layer.index);
  const shapes = [
    ...spec.inputs.map(({ name, channels, height, width }) => ({ name, shape: { channels, height, width } })),
    ...wiring.order.map((listed) => ({ name: spec.layers[listed]!.name, shape: geometries[listed]!.output })),
  ];
  const tensors = shapes.map(({ name, shape }, tensor): Tensor => {
    const producer = tensor < first ? -1 : tensor - first;
    return { name, shape, elements: shapeElements(shape), producer, consumers: consumers[tensor]! };
  });
  const network = { name: spec.name, batch: 1, layers, tensors };
  checkSizes(network, issues, (index) => ['layers', wiring.order[index]!]);
  issues.throwIfAny();
  return network;
}
