import { decodeOnnx } from './file/decode.js';
import type { OnnxGraph } from './file/model.js';
import { sizeInputs } from './graph/dimensions.js';
import type { Dimensions } from './graph/dimensions.js';
import { inferValues } from './graph/infer.js';
import type { Inferred } from './graph/infer.js';
import { NodeIssues } from './graph/node-issues.js';
import { orderNodes } from './graph/order.js';
import type { Value } from './graph/value.js';
import { operatorOf } from './operators/index.js';
import { reasonAgainst } from './operators/unsupported.js';

/** A graph with the shapes of everything in it. */
export interface ReadGraph extends Inferred {
  readonly graph: OnnxGraph;
  readonly inputs: ReadonlyMap<string, Value>;
  /** Nodes that are not understood. What follows from them is not among the operations. */
  readonly issues: NodeIssues;
}

/** @throws AccelsimError where the file, its graph or the sizes of its inputs make no sense */
export function readGraph(bytes: Uint8Array, source: string, dimensions: Dimensions): ReadGraph {
  const model = decodeOnnx(bytes, source);
  const { graph } = model;
  const issues = new NodeIssues(source, graph.nodes);
  if (graph.sparseInitializers > 0)
    issues.addToGraph('sparse_initializer', 'sparse weights are not known here', 'store them as dense tensors');
  const order = orderNodes(graph, issues);
  issues.throwIfAny();
  for (const index of order) {
    const reason = reasonAgainst(graph.nodes[index]!, model);
    if (reason !== undefined) issues.add(index, reason);
  }
  const inputs = issues.with(() => sizeInputs(graph, dimensions, source));
  const inferred = inferValues(
    model,
    order,
    inputs,
    ({ operator, domain }) => operatorOf(operator, domain)?.infer,
    issues,
  );
  return { graph, inputs, issues, ...inferred };
}
