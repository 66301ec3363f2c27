import { show } from '../../../errors.js';
import { runOrder } from '../../run-order.js';
import type { OnnxGraph, OnnxNode } from '../file/model.js';
import type { NodeIssues } from './node-issues.js';

/** Nodes that lead to an output of the graph, in an order in which they can run, and who reads which value. */
export interface Wiring {
  /** Positions in the file. */
  readonly order: readonly number[];
  /** How many times each value is read: by nodes that lead to an output, and by the graph's own outputs. */
  readonly readers: ReadonlyMap<string, number>;
  /** Nodes that read each value. */
  readonly readerNodes: ReadonlyMap<string, readonly number[]>;
}

/** Holds a graph to what ONNX says of any: each value made once, all that is read made, no circles. */
export function wireGraph(graph: OnnxGraph, issues: NodeIssues): Wiring {
  const producers = nameValues(graph, issues);
  const inputs = graph.nodes.map((node, index) =>
    node.inputs.flatMap((name) => {
      if (name === '') return [];
      const producer = producers.get(name);
      if (producer === undefined) {
        issues.add(index, `reads ${show(name)}, which is no input, initializer or output of a node`);
        return [];
      }
      return producer < 0 ? [] : [producer];
    }),
  );
  for (const name of graph.outputs) {
    if (!producers.has(name)) issues.addToGraph(`output ${show(name)}`, 'is made by no node');
  }
  if (graph.outputs.length === 0) issues.addToGraph('outputs', 'there are none, so nothing is computed');
  const { order, cycles } = runOrder(inputs);
  for (const cycle of cycles) {
    const names = cycle.toReversed().map((index) => issues.nameOf(index));
    const told = names.length > 8 ? [...names.slice(0, 4), '...', ...names.slice(-3)] : names;
    issues.add(cycle[0]!, `waits for its own output: ${[...told, told[0]].join(' -> ')}`);
  }
  return countReaders(graph, order, inputs, producers);
}

/** The node that makes each value; -1 for inputs and initializers. */
function nameValues(graph: OnnxGraph, issues: NodeIssues): ReadonlyMap<string, number> {
  const producers = new Map<string, number>();
  const initializers = new Set<string>();
  for (const { name } of graph.initializers) {
    if (initializers.has(name)) issues.addToGraph(`initializer ${show(name)}`, 'must be unique; it is there twice');
    initializers.add(name);
    producers.set(name, -1);
  }
  const inputs = new Set<string>();
  for (const { name } of graph.inputs) {
    if (inputs.has(name)) issues.addToGraph(`input ${show(name)}`, 'must be unique; it is there twice');
    inputs.add(name);
    // An input that is an initializer too has a default value (IR versions before 4).
    producers.set(name, -1);
  }
  for (const [index, node] of graph.nodes.entries()) {
    for (const name of node.outputs) {
      if (name === '') continue;
      if (producers.has(name)) issues.add(index, `makes ${show(name)}, which exists already`);
      else producers.set(name, index);
    }
  }
  return producers;
}

function countReaders(
  { nodes, outputs }: { readonly nodes: readonly OnnxNode[]; readonly outputs: readonly string[] },
  order: readonly number[],
  inputs: readonly (readonly number[])[],
  producers: ReadonlyMap<string, number>,
): Wiring {
  const isLive = new Set<number>();
  for (const name of outputs) isLive.add(producers.get(name) ?? -1);
  // From the last to the first: readers come after what they read.
  for (const index of order.toReversed()) {
    if (isLive.has(index)) for (const producer of inputs[index]!) isLive.add(producer);
  }
  const live = order.filter((index) => isLive.has(index));
  const readers = new Map<string, number>();
  const readerNodes = new Map<string, number[]>();
  const count = (name: string): void => void readers.set(name, (readers.get(name) ?? 0) + 1);
  for (const name of outputs) count(name);
  for (const index of live) {
    for (const name of nodes[index]!.inputs) {
      if (name === '') continue;
      count(name);
      const list = readerNodes.get(name);
      if (list === undefined) readerNodes.set(name, [index]);
      else list.push(index);
    }
  }
  return { order: live, readers, readerNodes };
}
