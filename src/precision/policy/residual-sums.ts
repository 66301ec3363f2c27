import { type Layer, layerKindOf, type Network } from '../../workload/index.js';

/** A sum at which a residual shortcut joins the branch it went round. */
export interface ResidualSum {
  /** The sum, as an index into `Network.layers`. */
  readonly sum: number;
  /** Layers on the shortcut, from the sum back; none where it is the tensor itself. */
  readonly shortcut: readonly number[];
}

/**
 * Sums of which an operand reaches back to an ancestor of another operand in fewer layers than that one does. Sums of
 * what has no ancestor in common are none (embeddings of words and of places), nor are those of equally long branches:
 * neither goes round the other.
 */
export function residualSums(network: Network): ResidualSum[] {
  return network.layers.flatMap((layer) => {
    const shortcut = shortcutInto(network, layer);
    return shortcut === undefined ? [] : [{ sum: layer.index, shortcut }];
  });
}

/** The shortest, where several shortcuts meet. */
function shortcutInto(network: Network, { kind, inputs }: Layer): readonly number[] | undefined {
  if (layerKindOf(kind).sumsInputs !== true) return undefined;
  const origins = inputs.map((tensor) => ancestors(network, tensor));
  const found = inputs.flatMap((tensor, own) =>
    inputs.flatMap((other, at) => {
      if (at === own) return [];
      const path = pathTo(network, tensor, origins[at]!);
      const back = pathTo(network, other, origins[own]!);
      return path === undefined || (back !== undefined && back.length <= path.length) ? [] : [path];
    }),
  );
  return found.toSorted((a, b) => a.length - b.length)[0];
}

/**
 * Layers from a tensor back to the first of `origins`, undefined where there is none. It follows layers of one input:
 * what joins several tensors, or looks rows up, hands none of them on.
 */
function pathTo(network: Network, from: number, origins: ReadonlySet<number>): number[] | undefined {
  const path: number[] = [];
  for (let tensor = from; !origins.has(tensor); ) {
    const producer: Layer | undefined = network.layers[network.tensors[tensor]!.producer];
    if (producer === undefined || producer.inputs.length !== 1 || producer.secondOperand === 'table') return undefined;
    path.push(producer.index);
    tensor = producer.inputs[0]!;
  }
  return path;
}

/** A tensor, and all it is made of. */
function ancestors(network: Network, tensor: number): ReadonlySet<number> {
  const found = new Set([tensor]);
  // A set that grows while it is walked is walked to its end.
  for (const at of found)
    for (const input of network.layers[network.tensors[at]!.producer]?.inputs ?? []) found.add(input);
  return found;
}
