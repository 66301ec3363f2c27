import type { Network } from '../../workload/network.js';

/** Tensors and layers of one network by name. A tensor is called like the layer that makes it. */
interface NameIndex {
  readonly layers: ReadonlyMap<string, number>;
  readonly tensors: ReadonlyMap<string, number>;
  /** By the name that the layer's module had before it was exported; -1 where several had it. */
  readonly modules: ReadonlyMap<string, number>;
}

/** Made once for each network: a file asks for hundreds of names. */
const indices = new WeakMap<Network, NameIndex>();

/** The layer of a name, or of a name its module had before the network was exported to ONNX. */
export function layerNamed(network: Network, name: string): number | undefined {
  const { layers, modules } = indexOf(network);
  const found = layers.get(name) ?? modules.get(name);
  return found === -1 ? undefined : found;
}

export function tensorNamed(network: Network, name: string): number | undefined {
  const exact = indexOf(network).tensors.get(name);
  if (exact !== undefined) return exact;
  const layer = layerNamed(network, name);
  return layer === undefined ? undefined : network.layers[layer]!.output;
}

function indexOf(network: Network): NameIndex {
  let index = indices.get(network);
  if (index === undefined) {
    const modules = new Map<string, number>();
    for (const layer of network.layers) {
      const module = moduleOf(layer.name);
      if (module !== undefined) modules.set(module, modules.has(module) ? -1 : layer.index);
    }
    index = {
      layers: new Map(network.layers.map((layer) => [layer.name, layer.index])),
      tensors: new Map(network.tensors.map((tensor, at) => [tensor.name, at])),
      modules,
    };
    indices.set(network, index);
  }
  return index;
}

/**
 * `layer1.0.conv1` of `/layer1/layer1.0/conv1/Conv`, as PyTorch's exporter names nodes: every module on the way, one in
 * a list by its list's name and number, and at the end the operator.
 */
export function moduleOf(node: string): string | undefined {
  if (!node.startsWith('/')) return undefined;
  const scopes = node.slice(1).split('/').slice(0, -1);
  if (scopes.length === 0) return undefined;
  return scopes.filter((scope, at) => !scopes[at + 1]?.startsWith(`${scope}.`)).join('.');
}
