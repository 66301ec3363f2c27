import type { Layer, Network } from '../../workload/network.js';
import { NOTHING, asName, onlyLayers } from './selector.js';
import type { Selector } from './selector.js';

export interface PositionSelection {
  readonly by: 'position';
  /** From 0, among the layers that multiply with weights, in the order of the network. */
  readonly position: number;
}

export const byPosition: Selector<PositionSelection> = {
  description: 'a layer by its place among those with weights',
  names: true,
  renamed: asName,
  select(network, { position }) {
    const layer = weighted(network)[position];
    return layer === undefined ? NOTHING : onlyLayers([layer.index]);
  },
  miss: (network, { position }) => ({
    rule: `${network.name} has ${weighted(network).length} layers with weights, and this is for number ${position + 1}`,
  }),
};

const lists = new WeakMap<Network, readonly Layer[]>();

function weighted(network: Network): readonly Layer[] {
  let list = lists.get(network);
  if (list === undefined) {
    list = network.layers.filter((layer) => layer.secondOperand === 'weights');
    lists.set(network, list);
  }
  return list;
}
