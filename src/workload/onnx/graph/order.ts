import { show } from '../../../errors.js';
import { runOrder } from '../../run-order.js';
import type { OnnxGraph } from '../file/model.js';
import type { NodeIssues } from './node-issues.js';

/**
 * Holds a graph to what ONNX says of any: each value made once, all that is read made, no circles.
 *
 * @returns nodes that lead to an output of the graph, as positions in the file, in an order in which they can run
 */
export function orderNodes(graph: OnnxGraph, issues: NodeIssues): readonly number[] {
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
  const isLive = new Set<number>();
  for (const name of graph.outputs) {
    const producer = producers.get(name);
    if (producer === undefined) issues.addToGraph(`output ${show(name)}`, 'is made by no node');
    else isLive.add(producer);
  }
  if (graph.outputs.length === 0) issues.addToGraph('outputs', 'there are none, so nothing is computed');
  const { order, cycles } = runOrder(inputs);
  for (const cycle of cycles) {
    const names = cycle.toReversed().map((index) => issues.nameOf(index));
    const told = names.length > 8 ? [...names.slice(0, 4), '...', ...names.slice(-3)] : names;
    issues.add(cycle[0]!, `waits for its own output: ${[...told, told[0]].join(' -> ')}`);
  }
  // From the last to the first: readers come after what they read.
  for (const index of order.toReversed()) {
    if (isLive.has(index)) for (const producer of inputs[index]!) isLive.add(producer);
  }
  return order.filter((index) => isLive.has(index));
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
