import type { Operation } from '../graph/operation.js';
import type { NetworkBuilder } from '../network/builder.js';
import { likelyLayout } from '../network/layout.js';

/** A copy of the input with the elements of the output: more of them where some are repeated or added. */
export function copyInput(operation: Operation, network: NetworkBuilder): void {
  const [input] = operation.variableNames;
  const layout = likelyLayout(operation.result(0).shape.length);
  network.add(operation, { kind: 'copy', input: network.read(input!) }, layout);
}
