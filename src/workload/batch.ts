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
  const layers = network.layers.map((layer) => {
    const kind = layerKindOf(layer.kind);
    const nest = kind.withBatch(layer.nest, network.batch, batch);
    const inputElements = layer.inputElements.map((elements) => (elements / network.batch) * batch);
    return { ...layer, inputElements, nest, ...countLayer(kind, nest, layer.vectorOperationsPerOutput) };
  });
  const tensors = network.tensors.map((tensor) => ({ ...tensor, elements: shapeElements(tensor.shape) * batch }));
  const resized = { ...network, batch, layers, tensors };
  const issues = new IssueList(`${network.name}, batch ${batch}`);
  checkSizes(resized, issues, (layer) => ['layers', layer]);
  issues.throwIfAny();
  return resized;
}
