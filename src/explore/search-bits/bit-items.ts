import { failure } from '../../errors.js';
import { DEFAULT_EDGE_BITS, SAME_BITS, type PerLayerChoice } from '../../precision/index.js';
import { edgeLayers } from '../../precision/policy/index.js';
import type { Layer, Network } from '../../workload/network.js';

/** A layer that multiplies by weights, and the widths it may have. */
export interface BitItem {
  readonly layer: Layer;
  /** Widest first; of weights and activations alike. */
  readonly widths: readonly number[];
}

/**
 * The layers whose widths are to be chosen, in the order of the network.
 * @param edgeBits least width of the first and last MAC layer, or `same` for no exception; the paper's 8 where left out
 * @throws AccelsimError where there is nothing to choose
 */
export function bitItems(
  network: Network,
  bits: readonly number[],
  edgeBits: number | typeof SAME_BITS = DEFAULT_EDGE_BITS,
): BitItem[] {
  const { first, last } = edgeLayers(network);
  const widths = bits.toSorted((left, right) => right - left);
  const atEdge = edgeBits === SAME_BITS ? widths : widths.filter((width) => width >= edgeBits);
  // An edge that none of the widths is wide enough for has a width of its own.
  const edgeWidths = atEdge.length > 0 || edgeBits === SAME_BITS ? atEdge : [edgeBits];
  const items = network.layers
    .filter(({ weightElements }) => weightElements > 0)
    .map((layer) => ({ layer, widths: layer.index === first || layer.index === last ? edgeWidths : widths }));
  if (items.every((item) => item.widths.length < 2)) {
    throw failure(
      'search-bits',
      '',
      `${network.name} has no layer with weights and more than one width to choose from`,
    );
  }
  return items;
}

/**
 * The precision in which each item has its chosen width. Layers without weights are as wide as the widest item that
 * reads what they make, directly or through others like them; those whose output no item reads, as what they read.
 */
export function precisionOf(network: Network, items: readonly BitItem[], options: readonly number[]): PerLayerChoice {
  const bits: (number | undefined)[] = network.layers.map(() => undefined);
  for (const [at, { layer, widths }] of items.entries()) bits[layer.index] = widths[options[at]!];
  const chosen = new Set(items.map(({ layer }) => layer.index));
  const widest = (others: readonly number[]): number | undefined => {
    const known = others.flatMap((other) => bits[other] ?? []);
    return known.length === 0 ? undefined : Math.max(...known);
  };
  for (const layer of network.layers.toReversed()) {
    if (!chosen.has(layer.index)) bits[layer.index] = widest(network.tensors[layer.output]!.consumers);
  }
  for (const layer of network.layers) {
    bits[layer.index] ??= widest(layer.inputs.map((input) => network.tensors[input]!.producer));
  }
  const most = Math.max(...items.flatMap(({ widths }) => widths));
  const layers = network.layers.map((layer): [string, { weightBits?: number; activationBits: number }] => {
    const width = bits[layer.index] ?? most;
    return [layer.name, { ...(chosen.has(layer.index) ? { weightBits: width } : {}), activationBits: width }];
  });
  const rest = { weightBits: most, activationBits: most };
  return { policy: 'per-layer', source: 'search-bits', default: rest, layers: Object.fromEntries(layers) };
}
