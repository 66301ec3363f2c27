import { sizeProblem } from './counts.js';
import type { IssueList } from './issue-list.js';
import { MAX_OPERATIONS, MAX_TENSOR_ELEMENTS } from './limits.js';
import type { Network } from './network.js';
import type { JsonPath } from '../json/index.js';

/**
 * Reports what of a network is too large to be counted exactly.
 *
 * @param pathOf path of a layer in the file
 */
export function checkSizes(network: Network, issues: IssueList, pathOf: (layer: number) => JsonPath): void {
  for (const [index, tensor] of network.tensors.entries()) {
    if (tensor.producer < 0 && tensor.elements > MAX_TENSOR_ELEMENTS) {
      issues.add(
        ['inputs', index],
        'must have at most 2^40 elements',
        `"${tensor.name}": ${wholeFigure(tensor.elements)}`,
      );
    }
  }
  for (const layer of network.layers) {
    const problem = sizeProblem(layer, layer.nest);
    if (problem !== undefined)
      issues.add(pathOf(layer.index), problem.rule, `"${layer.name}": ${wholeFigure(problem.found)}`);
  }
  const operations = network.layers.reduce((sum, layer) => sum + layer.macs + layer.vectorOperations, 0);
  if (operations > MAX_OPERATIONS && issues.isEmpty) {
    issues.add([], 'must take less than 2^53 operations altogether', operations.toExponential(2));
  }
}

/** Exact as far as it can be counted. */
function wholeFigure(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : value.toExponential(2);
}
