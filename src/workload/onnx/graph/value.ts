import { dataTypes, isNarrow } from '../file/data-types.js';
import type { DataTypeName } from '../file/data-types.js';

/** What is known of a tensor of the graph before anything runs, for one sample. */
export interface Value {
  readonly shape: readonly number[];
  readonly type: DataTypeName;
  /** The same for every input of the network: a weight, or a shape that follows from the input's. */
  readonly isConstant: boolean;
  /** Its elements, where they are constant, few and known. */
  readonly content?: readonly number[] | undefined;
  /** Width that a quantizer in the file gives it, in bits. */
  readonly bits?: number | undefined;
}

/** What an operator says of an output. Whether it is constant follows from its inputs unless said. */
export type Result = Omit<Value, 'isConstant'> & { readonly isConstant?: boolean };

/** Bits at which the file wants a tensor's elements; undefined where it does not say. */
export function statedBits(value: Value): number | undefined {
  return value.bits ?? (isNarrow(value.type) ? dataTypes[value.type].bits : undefined);
}
