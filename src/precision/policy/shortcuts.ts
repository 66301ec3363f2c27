import type { Layer, Network } from '../../workload/network.js';
import { checkBits } from '../bits.js';
import { edges, type EdgesChoice } from './edges.js';
import type { PrecisionPolicy, WantedBits } from './policy.js';

/** The width of shortcuts where nothing else is said. */
export const DEFAULT_SHORTCUT_BITS = 16;

export interface ShortcutsChoice extends Omit<EdgesChoice, 'policy'> {
  readonly policy: 'shortcuts';
  /** Least width of what goes along shortcuts; 16 where left out. */
  readonly shortcutBits?: number;
}

/**
 * Full-precision shortcuts (fpsc), of the sequel of PACT (Choi et al., Accurate and Efficient 2-bit Quantized Neural
 * Networks, SysML 2019): `edges`, but residual additions read and make wide tensors, and convolutions on a shortcut
 * are wide. As a tensor is stored once, the next block reads the wide one and drops bits on the way in.
 */
export const shortcuts = {
  description: 'one width, wider edges, and residual shortcuts in a wide one (16 bits)',
  want(network, { shortcutBits: asked = DEFAULT_SHORTCUT_BITS, ...choice }) {
    const wanted = edges.want(network, { ...choice, policy: 'edges' });
    const shortcutBits = Math.max(choice.bits, checkBits(asked, 'precision', 'shortcutBits'));
    const wide = shortcutLayers(network);
    const layers = wanted.layers.map((own, index): WantedBits => {
      if (!wide.has(index)) return own;
      return {
        ...own,
        weightBits: Math.max(own.weightBits, shortcutBits),
        activationBits: Math.max(own.activationBits, shortcutBits),
      };
    });
    return { ...wanted, layers, ...(shortcutBits > choice.bits ? { shortcutBits } : {}) };
  },
} as const satisfies PrecisionPolicy<ShortcutsChoice>;

/** Additions of two paths from one tensor, and the layers of the path that has fewer. */
function shortcutLayers(network: Network): ReadonlySet<number> {
  const found = new Set<number>();
  for (const layer of network.layers) {
    if (layer.kind !== 'addition' || layer.inputs.length !== 2) continue;
    found.add(layer.index);
    const [first, second] = layer.inputs.map((tensor) => pathTo(network, tensor));
    if (first!.length === second!.length) continue;
    for (const index of first!.length < second!.length ? first! : second!) found.add(index);
  }
  return found;
}

/** Layers that alone lead to a tensor, back to the one that several layers read. */
function pathTo(network: Network, tensor: number): number[] {
  const path: number[] = [];
  for (let at = tensor; ; ) {
    const { producer, consumers } = network.tensors[at]!;
    const layer: Layer | undefined = network.layers[producer];
    // A tensor that is read more than once is where paths part; so is the image, and a join of paths.
    if (layer === undefined || consumers.length > 1 || layer.inputs.length !== 1) return path;
    path.push(producer);
    at = layer.inputs[0]!;
  }
}
