import type { OnnxAttribute, OnnxNode } from '../file/model.js';
import { readContent } from '../file/content.js';
import { refuse } from './refusal.js';
import type { Value } from './value.js';

/** A node of the graph with what is known of its inputs. Whatever an operator needs and does not find is refused. */
export class Operation {
  readonly #node: OnnxNode;
  readonly #inputs: readonly (Value | undefined)[];
  /** Version of the operator set that the node is written in. */
  readonly opset: number;
  /** Position in the file; tells nodes without a name apart. */
  readonly index: number;
  /** What it makes; empty until that has been found out. */
  results: readonly Value[] = [];

  constructor(node: OnnxNode, index: number, inputs: readonly (Value | undefined)[], opset: number) {
    this.#node = node;
    this.#inputs = inputs;
    this.index = index;
    this.opset = opset;
  }

  get operator(): string {
    return this.#node.operator;
  }

  get domain(): string {
    return this.#node.domain;
  }

  /** As the file has it: may be empty, and another node's too. */
  get name(): string {
    return this.#node.name;
  }

  get inputNames(): readonly string[] {
    return this.#node.inputs;
  }

  get outputNames(): readonly string[] {
    return this.#node.outputs;
  }

  /** Names of the inputs that depend on the network's input, in the order of the node. */
  get variableNames(): readonly string[] {
    return this.#node.inputs.filter((_, index) => this.#inputs[index]?.isConstant === false);
  }

  get inputs(): readonly Value[] {
    return this.#inputs.filter((value) => value !== undefined);
  }

  has(index: number): boolean {
    return this.#inputs[index] !== undefined;
  }

  input(index: number): Value {
    return this.#inputs[index] ?? refuse(`its input ${index + 1} is missing`);
  }

  inputName(index: number): string {
    this.input(index);
    return this.#node.inputs[index]!;
  }

  outputName(index: number): string {
    return this.#node.outputs[index] ?? '';
  }

  result(index: number): Value {
    return this.results[index] ?? refuse(`it has no output ${index + 1}`);
  }

  /** The elements of an input that has to be known beforehand; undefined where the input is left out. */
  content(index: number, what: string): readonly number[] | undefined {
    if (!this.has(index)) return undefined;
    return this.input(index).content ?? refuse(`its ${what} must be constants of the file`);
  }

  /** An operation that does what this and others before it do. */
  standIn(operator: string, input: string, value: Value): Operation {
    const node = { ...this.#node, operator, domain: '', inputs: [input], attributes: new Map() };
    const operation = new Operation(node, this.index, [value], this.opset);
    operation.results = this.results;
    return operation;
  }

  integer(name: string, otherwise: number): number {
    return this.#node.attributes.get(name)?.integer ?? otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.#node.attributes.get(name)?.float ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.#node.attributes.get(name)?.text ?? otherwise;
  }

  integers(name: string): readonly number[] | undefined {
    const attribute = this.#node.attributes.get(name);
    // An empty list and none look the same in the file, but for the attribute's presence.
    return attribute === undefined || hasSingle(attribute) ? undefined : attribute.integers;
  }

  floats(name: string): readonly number[] | undefined {
    return this.#node.attributes.get(name)?.floats;
  }

  /** A list that older operator sets have as an attribute and newer ones as an input. */
  list(name: string, index: number): readonly number[] | undefined {
    return this.integers(name) ?? this.content(index, name);
  }

  /** A tensor among the attributes. */
  tensor(name: string): Value | undefined {
    const tensor = this.#node.attributes.get(name)?.tensor;
    return tensor && { shape: tensor.shape, type: tensor.type, isConstant: true, content: readContent(tensor) };
  }
}

function hasSingle(attribute: OnnxAttribute): boolean {
  return attribute.integer !== undefined || attribute.float !== undefined || attribute.text !== undefined;
}
