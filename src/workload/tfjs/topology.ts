import { AccelsimError, show } from '../../errors.js';
import { formatPath, readDocument } from '../../json/index.js';
import type { JsonPath, TextPosition } from '../../json/index.js';
import { z } from 'zod';
import { fieldOf, isList, isObject } from './values.js';
import { IssueList } from '../issue-list.js';

/** A layer as the file states it. */
export interface TopologyLayer {
  readonly name: string;
  /** Keras' class: `Conv2D`. */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers whose outputs it reads. */
  readonly inputs: readonly string[];
  /** Where it stands. */
  readonly path: JsonPath;
}

export interface Topology {
  readonly name: string;
  readonly layers: readonly TopologyLayer[];
  readonly locate: (path: JsonPath) => TextPosition;
}

/** Where the model stands in the file: tensorflowjs_converter, TensorFlow.js and Keras each wrap it in their own way. */
const WRAPPERS: readonly JsonPath[] = [['modelTopology', 'model_config'], ['modelTopology'], ['model_config'], []];

const SEQUENTIAL = 'Sequential';
const FUNCTIONAL: readonly string[] = ['Functional', 'Model'];

/**
 * Reads a layers model: its layers and who reads whom.
 * @throws AccelsimError if the text is none
 */
export function readTopology(text: string, source: string): Topology {
  const { value, locate } = readDocument(text, source, z.unknown());
  const issues = new IssueList(source, locate);
  const fail = (path: JsonPath, rule: string, found?: string): never => {
    issues.add(path, rule, found);
    issues.throwIfAny();
    throw new AccelsimError([]);
  };
  if (fieldOf(value, 'format') === 'graph-model')
    fail(
      ['format'],
      'must be a layers model: a graph model of TensorFlow.js has operations, not layers',
      show('graph-model'),
    );
  const prefix = WRAPPERS.find((path) => typeof fieldOf(at(value, path), 'class_name') === 'string');
  if (prefix === undefined) return fail([], 'must be a layers model of TensorFlow.js, with a modelTopology');
  const model = at(value, prefix);
  const className = String(fieldOf(model, 'class_name'));
  const sequential = className === SEQUENTIAL;
  if (!sequential && !FUNCTIONAL.includes(className))
    return fail([...prefix, 'class_name'], `must be ${[SEQUENTIAL, ...FUNCTIONAL].join(', ')}`, show(className));
  const config = fieldOf(model, 'config');
  // Old sequential models have the list itself as their config.
  const listPath = isList(config) ? [...prefix, 'config'] : [...prefix, 'config', 'layers'];
  const list = at(value, listPath);
  if (!isList(list) || list.length === 0) return fail(listPath, 'must be a list of layers');

  const layers: TopologyLayer[] = [];
  for (const [index, entry] of list.entries()) {
    const path = [...listPath, index];
    const layer = readLayer(entry, path, issues);
    if (layer === undefined) continue;
    const before = layers.at(-1);
    const inputs = sequential ? (before === undefined ? [] : [before.name]) : inboundOf(entry, path, issues);
    layers.push({ ...layer, inputs });
  }
  issues.throwIfAny();
  const name = fieldOf(config, 'name');
  return { name: typeof name === 'string' ? name : '', layers, locate };
}

function readLayer(entry: unknown, path: JsonPath, issues: IssueList): Omit<TopologyLayer, 'inputs'> | undefined {
  const config = fieldOf(entry, 'config');
  const className = fieldOf(entry, 'class_name');
  const name = fieldOf(config, 'name') ?? fieldOf(entry, 'name');
  if (!isObject(config)) issues.add([...path, 'config'], 'must be an object');
  if (typeof className !== 'string') issues.add([...path, 'class_name'], 'must be the class of the layer');
  if (typeof name !== 'string' || name === '') issues.add([...path, 'config', 'name'], 'must be a name');
  return isObject(config) && typeof className === 'string' && typeof name === 'string'
    ? { name, className, config, path }
    : undefined;
}

/** Layers read, of `[[["conv1", 0, 0, {}], ...]]` (Keras 2) or of tensors with a `keras_history` (Keras 3). */
function inboundOf(entry: unknown, path: JsonPath, issues: IssueList): string[] {
  const nodes = fieldOf(entry, 'inbound_nodes');
  if (!isList(nodes) || nodes.length === 0) return [];
  if (nodes.length > 1) {
    issues.add(
      [...path, 'inbound_nodes'],
      'must be one list: a layer that is used several times cannot be mapped',
      String(nodes.length),
    );
    return [];
  }
  const names: string[] = [];
  collect(nodes[0], names, 0);
  if (names.length === 0)
    issues.add([...path, 'inbound_nodes'], `must name the layers read: ${formatPath(path)} reads none`);
  return names;
}

function collect(value: unknown, names: string[], depth: number): void {
  if (depth > 8) return;
  const history = fieldOf(fieldOf(value, 'config'), 'keras_history');
  if (isList(history) && typeof history[0] === 'string') {
    names.push(history[0]);
    return;
  }
  if (isList(value)) {
    if (typeof value[0] === 'string' && typeof value[1] === 'number') names.push(value[0]);
    else for (const inner of value) collect(inner, names, depth + 1);
    return;
  }
  if (isObject(value)) collect(value['args'], names, depth + 1);
}

function at(root: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((value, step) => fieldOf(value, String(step)), root);
}
