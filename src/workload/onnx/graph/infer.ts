import { MAX_TENSOR_ELEMENTS } from '../../limits.js';
import { readContent } from '../file/content.js';
import type { OnnxModel, OnnxNode } from '../file/model.js';
import { MAX_FOLDED_ELEMENTS, MAX_RANK } from '../limits.js';
import type { NodeIssues } from './node-issues.js';
import { Operation } from './operation.js';
import { refuse, Refusal } from './refusal.js';
import { elementsOf, formatDimensions } from './shapes.js';
import type { Result, Value } from './value.js';

/** What the graph computes, in the order in which it does. */
export interface Inferred {
  readonly values: ReadonlyMap<string, Value>;
  readonly operations: readonly Operation[];
}

/** What an operator says of its outputs. */
export type InferRule = (operation: Operation) => readonly Result[];

/**
 * Shapes, types and known contents of everything that the graph computes. What follows from a node with an issue is
 * left out without a word of its own.
 *
 * @param order nodes to look at, each after what it reads
 */
export function inferValues(
  model: OnnxModel,
  order: readonly number[],
  inputs: ReadonlyMap<string, Value>,
  ruleOf: (node: OnnxNode) => InferRule | undefined,
  issues: NodeIssues,
): Inferred {
  const { graph, opsets } = model;
  const values = new Map(inputs);
  const initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  /** Undefined for what follows from an issue. */
  const valueOf = (name: string): Value | undefined => {
    const known = values.get(name);
    const tensor = initializers.get(name);
    if (known !== undefined || tensor === undefined) return known;
    const value = { shape: tensor.shape, type: tensor.type, isConstant: true, content: readContent(tensor) };
    values.set(name, value);
    return value;
  };
  const operations: Operation[] = [];
  let folded = 0;
  for (const index of order) {
    const node = graph.nodes[index]!;
    const rule = ruleOf(node);
    const read = node.inputs.map((name) => (name === '' ? undefined : valueOf(name)));
    if (rule === undefined || read.some((value, at) => value === undefined && node.inputs[at] !== '')) continue;
    const operation = new Operation(node, index, read, opsets.get(node.domain) ?? 1);
    try {
      const isConstant = operation.inputs.every((value) => value.isConstant);
      const results = rule(operation).map((result): Value => ({ isConstant, ...result }));
      for (const result of results) {
        checkResult(result);
        folded += result.content?.length ?? 0;
      }
      operation.results = folded <= MAX_FOLDED_ELEMENTS ? results : results.map(withoutContent);
      for (const [at, name] of node.outputs.entries()) {
        const result = operation.results[at];
        if (name !== '' && result !== undefined) values.set(name, result);
      }
      operations.push(operation);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      issues.add(index, error.message);
    }
  }
  return { values, operations };
}

function withoutContent({ content: _, ...value }: Value): Value {
  return value;
}

function checkResult({ shape, isConstant }: Value): void {
  const least = isConstant ? 0 : 1;
  if (shape.length > MAX_RANK) refuse(`it makes a tensor of ${shape.length} dimensions`);
  if (shape.some((size) => !Number.isSafeInteger(size) || size < least))
    refuse(`it makes ${formatDimensions(shape)}, where every size must be a whole number from ${least}`);
  if (elementsOf(shape) > MAX_TENSOR_ELEMENTS) refuse(`it makes ${formatDimensions(shape)}, more than 2^40 elements`);
}
