import { failure } from '../../errors.js';
import type { NetworkJson } from '../schema.js';
import { composeOperations } from './graph/composites.js';
import type { Dimensions } from './graph/dimensions.js';
import { readGraph, type ReadGraph } from './read-graph.js';
import { Refusal } from './graph/refusal.js';
import { Readers } from './graph/readers.js';
import { NetworkBuilder } from './network/builder.js';
import type { SkippedNode } from './network/layer-fields.js';
import { operatorOf } from './operators/index.js';
import { statePrecision } from './precision.js';
import type { StatedPrecision } from './precision.js';

export interface OnnxOptions {
  /** Sizes that the file leaves open: by the name of a dimension, or all of an input's by the input's name. */
  readonly dimensions?: Dimensions | undefined;
}

/** What an ONNX file says. */
export interface ImportedOnnx {
  /** As a network file has it, for one sample; `buildNetwork` makes it a network. */
  readonly network: NetworkJson;
  /** Bits of each layer, where the file states any. */
  readonly precision?: StatedPrecision;
  /** Nodes that take no time: views, and what is folded into other layers. */
  readonly skipped: readonly SkippedNode[];
  /** What was chosen or left out, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Makes a network of an ONNX file. Weights are neither read nor copied: only their shapes count.
 *
 * @param source what to call the file in messages; its name without folders and ending is the network's
 * @throws AccelsimError with every node that cannot be mapped, and why; or what is wrong with the file
 */
export function importOnnx(bytes: Uint8Array, source: string, options: OnnxOptions = {}): ImportedOnnx {
  const { inputs, network, json } = placeLayers(bytes, source, options);
  const precision = statePrecision(network.widths, [...inputs.values()][0]?.type, source);
  return {
    network: json,
    skipped: network.skipped,
    notes: [...network.notes],
    ...(precision === undefined ? {} : { precision }),
  };
}

/** A graph as layers, and what made them of it. */
export interface PlacedLayers extends Pick<ReadGraph, 'graph' | 'inputs'> {
  readonly network: NetworkBuilder;
  readonly json: NetworkJson;
}

/** @throws AccelsimError as `importOnnx` does */
export function placeLayers(bytes: Uint8Array, source: string, { dimensions = {} }: OnnxOptions): PlacedLayers {
  const { graph, inputs, values, operations, issues } = readGraph(bytes, source, dimensions);
  const computed = composeOperations(
    operations.filter(({ results }) => !results.every((result) => result.isConstant)),
    graph.outputs,
    values,
  );
  const network = new NetworkBuilder(values, new Readers(computed, graph.outputs));
  for (const name of inputs.keys()) network.addInput(name);
  for (const operation of computed) {
    // What reads the output of a node with an issue is left out without a word of its own.
    if (!operation.variableNames.every((name) => network.holds(name))) continue;
    try {
      operatorOf(operation.operator, operation.domain)!.place(operation, network);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      issues.add(operation.index, error.message);
    }
  }
  issues.throwIfAny();
  const json = network.finish(nameOf(source), graph.outputs);
  if (json.layers.length === 0) throw failure(source, '', 'computes nothing: no output needs a layer');
  return { graph, inputs, network, json };
}

/**
 * Shapes of everything that an ONNX file computes for one sample, by the name of the value.
 *
 * @throws AccelsimError as `importOnnx` does, but for what only has no layer
 */
export function onnxShapes(
  bytes: Uint8Array,
  source: string,
  { dimensions = {} }: OnnxOptions = {},
): ReadonlyMap<string, readonly number[]> {
  const { values, issues } = readGraph(bytes, source, dimensions);
  issues.throwIfAny();
  return new Map([...values].map(([name, { shape }]) => [name, shape]));
}

/** `resnet50` of `models/resnet50.onnx`. */
function nameOf(source: string): string {
  return source.replace(/^.*[/\\]/s, '').replace(/\.onnx$/i, '');
}
