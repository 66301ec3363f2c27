import type { LayerKindName } from '../../workload/kinds/index.js';
import { asName, onlyLayers } from './selector.js';
import type { Selector } from './selector.js';

export interface KindSelection {
  readonly by: 'kind';
  readonly kinds: readonly LayerKindName[];
}

export const byKind: Selector<KindSelection> = {
  description: 'all layers of some kinds',
  names: false,
  renamed: asName,
  select: (network, { kinds }) =>
    onlyLayers(network.layers.filter((layer) => kinds.includes(layer.kind)).map((layer) => layer.index)),
  miss: (network, { kinds }) => ({ rule: `${network.name} has no layer of kind ${kinds.join(' or ')}` }),
};
