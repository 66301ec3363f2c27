import { show } from '../../errors.js';
import { nearestName } from '../../json/index.js';
import type { ImportedNetwork } from '../importers/imported-network.js';
import { IssueList } from '../issue-list.js';
import { Graph } from './graph.js';
import type { Value } from './graph.js';
import { LayerReader } from './layer-reader.js';
import { layerClasses } from './layers/index.js';
import type { LayerClass } from './layers/layer-class.js';
import { readTopology } from './topology.js';
import type { TopologyLayer } from './topology.js';

/** Whether a JSON text looks like a model of TensorFlow.js or Keras. */
export function looksLikeTfjs(text: string): boolean {
  return /"(?:modelTopology|model_config)"\s*:|"class_name"\s*:\s*"(?:Sequential|Functional|Model)"/.test(text);
}

/**
 * Reads the topology of a layers model, model.json of TensorFlow.js or the JSON of a Keras model; its weights are not
 * needed. Normalisations behind layers with weights are folded into them, and non-linearities fused.
 *
 * @throws AccelsimError with every issue, those of layers that cannot be mapped included
 * @see https://www.tensorflow.org/js/guide/save_load
 */
export function readTfjs(text: string, source: string): ImportedNetwork {
  const { name, layers, locate } = readTopology(text, source);
  const issues = new IssueList(source, locate);
  const graph = new Graph();
  const readers = new Map<string, number>();
  for (const { inputs } of layers) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  const names = layers.map((layer) => layer.name);
  const values = new Map<string, Value | undefined>();
  const skipped: string[] = [];

  for (const layer of layers) {
    if (values.has(layer.name)) issues.add(layer.path, 'must have a name of its own', show(layer.name));
    const before = graph.layers.length;
    const inputs = inputsOf(layer, names, values, graph, issues);
    const value = inputs === undefined ? undefined : map(layer, inputs, graph, issues);
    if (value !== undefined && graph.layers.length === before && inputs!.length > 0) skipped.push(layer.className);
    const alone = value !== undefined && value.alone && (readers.get(layer.name) ?? 0) <= 1;
    values.set(layer.name, value === undefined ? undefined : { ...value, alone });
  }
  issues.throwIfAny();
  return {
    network: {
      name: networkName(name),
      description: 'layers model of TensorFlow.js',
      inputs: graph.inputs,
      layers: graph.layers,
    },
    notes: notesOn(skipped),
    locate([list, index]) {
      const paths = list === 'inputs' ? graph.inputPaths : graph.layerPaths;
      return locate((typeof index === 'number' ? paths[index] : undefined) ?? []);
    },
  };
}

/** What a layer reads; undefined where one of them is not there, or could not be mapped. */
function inputsOf(
  layer: TopologyLayer,
  names: readonly string[],
  values: ReadonlyMap<string, Value | undefined>,
  graph: Graph,
  issues: IssueList,
): readonly Value[] | undefined {
  const config = new LayerReader(layer, (field, rule, found) =>
    issues.add([...layer.path, 'config', field], rule, found),
  );
  // The first layer of a sequential model may say the shape of its input itself.
  if (layer.inputs.length === 0 && layer.className !== 'InputLayer') {
    const shape = config.shape('batch_input_shape') ?? config.shape('batch_shape');
    if (shape !== undefined) return [graph.input(`${layer.name}.input`, shape, layer.path)];
    issues.add(layer.path, 'must read a layer, or say the shape of its input (batch_input_shape)');
    return undefined;
  }
  for (const input of layer.inputs) {
    if (values.has(input)) continue;
    const nearest = names.includes(input) ? undefined : nearestName(input, names);
    const rule = names.includes(input) ? 'reads a layer that stands behind it' : 'reads no layer of the model';
    issues.add(
      [...layer.path, 'inbound_nodes'],
      rule,
      show(input),
      nearest === undefined ? undefined : `did you mean ${nearest}?`,
    );
  }
  const read = layer.inputs.map((input) => values.get(input));
  return read.every((value) => value !== undefined) ? read : undefined;
}

function map(layer: TopologyLayer, inputs: readonly Value[], graph: Graph, issues: IssueList): Value | undefined {
  const { className, path } = layer;
  if (!isKnown(className)) {
    const nearest = nearestName(className, Object.keys(layerClasses));
    const hint = nearest === undefined ? undefined : `did you mean ${nearest}?`;
    issues.add([...path, 'class_name'], `of ${layer.name}: a class that cannot be mapped`, show(className), hint);
    return undefined;
  }
  const told = new Set<string>();
  const report = (field: readonly (string | number)[], rule: string, found?: string, hint?: string): void => {
    const place = [...path, ...field];
    if (told.has(place.join(' '))) return;
    told.add(place.join(' '));
    issues.add(place, rule, found, hint);
  };
  const config = new LayerReader(layer, (field, rule, found) => report(['config', field], rule, found));
  const mapping: LayerClass = layerClasses[className];
  return mapping({ layer, config, inputs, graph, report });
}

function isKnown(name: string): name is keyof typeof layerClasses {
  return Object.hasOwn(layerClasses, name);
}

function networkName(name: string): string {
  return /^[\w.+ -]{0,99}\w$/.test(name) && /^\w/.test(name) ? name : 'model';
}

function notesOn(skipped: readonly string[]): string[] {
  if (skipped.length === 0) return [];
  const counts = new Map<string, number>();
  for (const name of skipped) counts.set(name, (counts.get(name) ?? 0) + 1);
  const listed = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
  return [`folded into the layers beside them, or without work at inference: ${listed}`];
}
