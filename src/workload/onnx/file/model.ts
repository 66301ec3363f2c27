import type { DataTypeName } from './data-types.js';

/** What of an ONNX file says anything about its cost. */
export interface OnnxModel {
  /** Operator set versions by domain; the domain of ONNX itself is the empty text. */
  readonly opsets: ReadonlyMap<string, number>;
  /** Names of operators that the file itself defines. */
  readonly functions: ReadonlySet<string>;
  readonly graph: OnnxGraph;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxInput[];
  readonly outputs: readonly string[];
  readonly sparseInitializers: number;
}

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  /** Names of values; empty where an optional one is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxAttribute {
  readonly float?: number;
  readonly integer?: number;
  readonly text?: string;
  readonly floats: readonly number[];
  readonly integers: readonly number[];
  readonly tensor?: OnnxTensor;
  /** It holds a graph of its own: a branch or the body of a loop. Never read. */
  readonly hasGraph: boolean;
}

/** A tensor of the file. Its content is a view of the file's bytes. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: DataTypeName;
  readonly content: TensorContent;
}

/** Where the elements lie, and how they are written. */
export type TensorContent =
  | { readonly form: 'raw' | 'float' | 'double' | 'integer'; readonly bytes: readonly Uint8Array[] }
  /** Single numbers, each a field of its own, as old writers do. */
  | { readonly form: 'numbers'; readonly numbers: readonly number[] }
  /** Beside the file, or not at all. */
  | { readonly form: 'none' };

/** A tensor that enters the graph. */
export interface OnnxInput {
  readonly name: string;
  /** Undefined where the type is none of a tensor. */
  readonly type: DataTypeName | undefined;
  /** A size, the name of an open one, or null for an open one without a name; undefined where the rank is open. */
  readonly shape: readonly (number | string | null)[] | undefined;
}
