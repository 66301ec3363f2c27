import { readDocument, readValue } from '../json/index.js';
import type { JsonPath, TextPosition } from '../json/index.js';
import { checkSizes } from './check-sizes.js';
import { countLayer } from './counts.js';
import { inferShapes } from './infer-shapes.js';
import { IssueList } from './issue-list.js';
import { isLayerKind, layerKindOf } from './kinds/index.js';
import type { LayerKindName } from './kinds/index.js';
import type { LayerGeometry } from './kinds/layer-kind.js';
import type { Layer, Network, Tensor } from './network.js';
import { networkSchema } from './schema.js';
import type { LayerSpec, NetworkJson, NetworkSpec } from './schema.js';
import { shapeElements } from './tensor-shape.js';
import type { TensorShape } from './tensor-shape.js';
import { readElements, seeThroughViews } from './views.js';
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

/**
 * Makes a network, for a batch of 1, of a value such as a program writes. Throws as `readNetwork` does.
 *
 * @param locate where a path of the value stands in the text it was made from, if it was
 */
export function buildNetwork(
  network: NetworkJson,
  source = 'network',
  locate?: (path: JsonPath) => TextPosition,
): Network {
  return assemble(readValue(network, source, networkSchema), source, locate);
}

function assemble(spec: NetworkSpec, source: string, locate?: (path: JsonPath) => TextPosition): Network {
  const issues = new IssueList(source, locate);
  const wiring = wire(spec, issues);
  const geometries = inferShapes(spec, wiring, issues);
  issues.throwIfAny();

  const first = spec.inputs.length;
  const bases = seeThroughViews(spec, wiring, geometries, issues);
  issues.throwIfAny();
  const running = wiring.order.flatMap((listed) => runs(spec, geometries, listed));
  const place = new Map(running.map(({ listed }, index) => [first + listed, first + index]));
  // Tensors of layers are renumbered from the order of the file to the order of running.
  const renumber = (tensor: number): number => place.get(tensor) ?? tensor;
  const shapes = [...spec.inputs, ...geometries.map((geometry) => geometry!.output)];
  const layers = running.map(({ listed, layer, kind: name, geometry }, index): Layer => {
    const kind = layerKindOf(name);
    const { nest, operationsPerOutput } = geometry;
    const seen = wiring.inputs[listed]!;
    const inputElements =
      geometry.readElements === undefined ? readElements(seen, bases, shapes) : [geometry.readElements];
    return {
      name: layer.name,
      kind: name,
      index,
      inputs: seen.map((tensor) => renumber(bases[tensor]!)),
      inputElements,
      output: first + index,
      nest,
      engine: kind.engine,
      secondOperand: kind.secondOperand,
      ...countLayer(kind, nest, operationsPerOutput),
      vectorOperationsPerOutput: operationsPerOutput,
      tableElements: geometry.tableElements ?? 0,
      mixesRows: geometry.mixesRows ?? false,
      inPlace: kind.inPlace && inputElements.includes(shapeElements(geometry.output)),
      activation: 'activation' in layer && layer.activation !== 'none' ? 'fused' : 'none',
    };
  });
  const consumers: number[][] = Array.from({ length: first + layers.length }, () => []);
  for (const layer of layers) for (const tensor of new Set(layer.inputs)) consumers[tensor]!.push(layer.index);
  const tensors = [
    ...spec.inputs.map((input) => ({ ...input, producer: -1 })),
    ...running.map(({ layer, geometry }, index) => ({ ...layer, ...geometry.output, producer: index })),
  ].map(({ name, channels, height, width, producer, ...rest }, tensor): Tensor => {
    const shape: TensorShape = { channels, height, width };
    const role = 'role' in rest && rest.role !== undefined ? { role: rest.role } : {};
    return { name, shape, elements: shapeElements(shape), producer, consumers: consumers[tensor]!, ...role };
  });
  const network = { name: spec.name, batch: 1, layers, tensors };
  checkSizes(network, issues, (index) => ['layers', running[index]!.listed]);
  issues.throwIfAny();
  return network;
}

interface Running {
  /** Place in the file. */
  readonly listed: number;
  readonly layer: LayerSpec;
  readonly kind: LayerKindName;
  readonly geometry: LayerGeometry;
}

/** What runs of an entry of the file: nothing of a view. */
function runs(spec: NetworkSpec, geometries: ReturnType<typeof inferShapes>, listed: number): Running[] {
  const layer = spec.layers[listed]!;
  const geometry = geometries[listed]!;
  return geometry.nest === null || !isLayerKind(layer.kind) ? [] : [{ listed, layer, kind: layer.kind, geometry }];
}
