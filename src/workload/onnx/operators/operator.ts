import type { Operation } from '../graph/operation.js';
import type { Result } from '../graph/value.js';
import type { NetworkBuilder } from '../network/builder.js';

/** One operator of ONNX, or of a domain that extends it: what it makes, and which layers compute it. */
export interface Operator {
  /**
   * Its outputs, in the node's order; those after the last that matters may be left out. Content is worked out where
   * all of it is known, so that shapes that are computed in the graph become numbers.
   *
   * @throws Refusal where the node contradicts itself or needs what is not known beforehand
   */
  readonly infer: (operation: Operation) => readonly Result[];
  /**
   * Adds its layers, or says that it needs none. Asked only where an output depends on the network's input.
   *
   * @throws Refusal where no layer does what the node does
   */
  readonly place: (operation: Operation, network: NetworkBuilder) => void;
}
