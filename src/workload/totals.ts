import type { LayerKindName } from './kinds/index.js';
import type { Layer, Network } from './network.js';

/** What a network takes altogether, over its batch. */
export interface NetworkCounts {
  readonly layers: number;
  readonly macs: number;
  readonly vectorOperations: number;
  /** Without bias and normalisation; tables of which rows are looked up included. */
  readonly weightElements: number;
  /** Layers of each kind that the network has. */
  readonly layersByKind: Readonly<Partial<Record<LayerKindName, number>>>;
}

export function networkTotals(network: Network): NetworkCounts {
  const sum = (count: (layer: Layer) => number): number =>
    network.layers.reduce((total, layer) => total + count(layer), 0);
  const layersByKind: Partial<Record<LayerKindName, number>> = {};
  for (const { kind } of network.layers) layersByKind[kind] = (layersByKind[kind] ?? 0) + 1;
  return {
    layers: network.layers.length,
    macs: sum((layer) => layer.macs),
    vectorOperations: sum((layer) => layer.vectorOperations),
    weightElements: sum((layer) => layer.weightElements + layer.tableElements),
    layersByKind,
  };
}
