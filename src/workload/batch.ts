import { failure } from '../errors.js';
import { checkSizes } from './check-sizes.js';
import { countLayer } from './counts.js';
import { IssueList } from './issue-list.js';
import { layerKindOf } from './kinds/index.js';
import type { Network } from './network.js';
import { shapeElements } from './tensor-shape.js';

/**
 * The same network for another batch.
 *
 * @throws AccelsimError when the batch is not a whole number of at least 1, or makes the network too large to count
 */
export function withBatch(network: Network, batch: number): Network {
  if (!Number.isSafeInteger(batch) || batch < 1)
    throw failure('batch', '', 'must be a whole number of at least 1', batch);
  const resized = ofBatch(network, batch);
  if (isCountable(resized)) return resized;
  const most = greatestBatch(network, batch);
  const issues = new IssueList('with one more');
  checkSizes(ofBatch(network, most + 1), issues, (layer) => ['layers', layer]);
  throw failure(network.name, 'batch', `must be at most ${most}`, batch, issues.first);
}

function ofBatch(network: Network, batch: number): Network {
  const layers = network.layers.map((layer) => {
    const kind = layerKindOf(layer.kind);
    const nest = kind.withBatch(layer.nest, network.batch, batch);
    const inputElements = layer.inputElements.map((elements) => (elements / network.batch) * batch);
    return { ...layer, inputElements, nest, ...countLayer(kind, nest, layer.vectorOperationsPerOutput) };
  });
  const tensors = network.tensors.map((tensor) => ({ ...tensor, elements: shapeElements(tensor.shape) * batch }));
  return { ...network, batch, layers, tensors };
}

function isCountable(network: Network): boolean {
  const issues = new IssueList(network.name);
  checkSizes(network, issues, (layer) => ['layers', layer]);
  return issues.isEmpty;
}

/** The greatest batch that can be counted, by halves: at 1 a network can, and `tooGreat` is too great. */
function greatestBatch(network: Network, tooGreat: number): number {
  let [most, above] = [1, tooGreat];
  while (above - most > 1) {
    const middle = Math.floor((most + above) / 2);
    if (isCountable(ofBatch(network, middle))) most = middle;
    else above = middle;
  }
  return most;
}
